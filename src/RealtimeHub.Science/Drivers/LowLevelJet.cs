namespace RealtimeHub.Science.Drivers;

/// <summary>The strongest wind near the ground.</summary>
/// <remarks>
/// Says where the wind of a height range is strongest, as the driver is defined; whether that is a jet in the sense of
/// Bonner (1968), with weaker wind above, is for its reader.
/// </remarks>
/// <param name="Speed">Greatest wind speed of the range, m s⁻¹.</param>
/// <param name="Height">Its height above ground, m; the lowest one of equals.</param>
/// <param name="Thickness">Depth, m, of the unbroken layer around it, in the range, with at least the core fraction of the speed.</param>
public readonly record struct LowLevelJet(double Speed, double Height, double Thickness)
{
    /// <summary>A jet in a column whose levels do not cover the range.</summary>
    public static LowLevelJet Missing => new(double.NaN, double.NaN, double.NaN);

    /// <summary>Finds the strongest wind of a range of heights.</summary>
    /// <remarks>
    /// magnitude = max |V(z)|, z from bottom to top; thickness = extent where |V| ≥ fraction · magnitude. Between levels, where
    /// u and v are linear, |V|² is a parabola open to the top: so the maximum lies at a level or at an end of the range, and
    /// the edges of the core are roots of a quadratic. No smoothing and no tolerance.
    /// </remarks>
    /// <param name="wind">The wind profile; NaN where its levels do not cover the range.</param>
    /// <param name="search">The range and the core fraction.</param>
    public static LowLevelJet Find(in WindProfile wind, JetSearch search)
    {
        double square = -1.0, height = double.NaN;
        var segments = wind.Between(search.Bottom, search.Top);
        if (segments.UpperHeight == search.Bottom)
        {
            square = Square(segments.UpperWind);
            height = search.Bottom;
        }

        while (segments.MoveNext())
        {
            if (Square(segments.UpperWind) > square)
            {
                square = Square(segments.UpperWind);
                height = segments.UpperHeight;
            }
        }

        if (!segments.IsComplete)
        {
            return Missing;
        }

        var threshold = search.CoreFraction * search.CoreFraction * square;
        return new LowLevelJet(Math.Sqrt(square), height, CoreDepth(wind, search, height, threshold));
    }

    // Follows the runs of strong wind upwards until the run that holds the maximum ends.
    private static double CoreDepth(in WindProfile wind, JetSearch search, double height, double threshold)
    {
        var start = search.Bottom;
        var segments = wind.Between(search.Bottom, search.Top);
        while (segments.MoveNext())
        {
            var (first, second) = WeakPart(segments, threshold);
            if (first < second)
            {
                var end = segments.LowerHeight + (first * segments.Depth);
                if (end >= height)
                {
                    return end - start;
                }

                start = segments.LowerHeight + (second * segments.Depth);
            }
        }

        return segments.UpperHeight - start;
    }

    // The part of a segment, in fractions of it, where |V|² is below the threshold; empty if first is not below second.
    private static (double First, double Second) WeakPart(in WindSegments segments, double threshold)
    {
        var change = segments.UpperWind - segments.LowerWind;
        var a = Square(change);
        var halfB = (segments.LowerWind.U * change.U) + (segments.LowerWind.V * change.V);
        var c = Square(segments.LowerWind) - threshold;
        var discriminant = (halfB * halfB) - (a * c);
        if (a == 0.0 || discriminant <= 0.0)
        {
            return c < 0.0 ? (0.0, 1.0) : (1.0, 0.0);
        }

        var root = Math.Sqrt(discriminant);
        return (Math.Max((-halfB - root) / a, 0.0), Math.Min((-halfB + root) / a, 1.0));
    }

    private static double Square(WindVector wind) => (wind.U * wind.U) + (wind.V * wind.V);
}
