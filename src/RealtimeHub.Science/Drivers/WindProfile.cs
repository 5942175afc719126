namespace RealtimeHub.Science.Drivers;

/// <summary>Wind of one column, from the surface up.</summary>
/// <remarks>
/// Wind is linear in height between levels. A level with a NaN, or whose height is not above that of the level kept before
/// it, is skipped by every function. A layer that the levels do not cover from bottom to top gives NaN.
/// </remarks>
public readonly ref struct WindProfile
{
    /// <summary>A profile over spans of equal length; throws <see cref="ArgumentException"/> if they differ.</summary>
    /// <param name="height">Height above ground, m, rising; the surface wind counts as height 0.</param>
    /// <param name="u">Wind towards the east, m s⁻¹.</param>
    /// <param name="v">Wind towards the north, m s⁻¹.</param>
    public WindProfile(ReadOnlySpan<double> height, ReadOnlySpan<double> u, ReadOnlySpan<double> v)
    {
        ProfileLengths.Check(height.Length, u.Length, v.Length);
        Height = height;
        U = u;
        V = v;
    }

    /// <summary>Height above ground, m.</summary>
    public ReadOnlySpan<double> Height { get; }

    /// <summary>Wind towards the east, m s⁻¹.</summary>
    public ReadOnlySpan<double> U { get; }

    /// <summary>Wind towards the north, m s⁻¹.</summary>
    public ReadOnlySpan<double> V { get; }

    /// <summary>The number of levels, skipped ones included.</summary>
    public int Length => Height.Length;

    // The segments of the profile between two heights.
    internal WindSegments Between(double bottom, double top) => new(this, bottom, top);

    // The next level that counts after `index`, or Length.
    internal int Next(int index, double heightAbove)
    {
        for (index++; index < Height.Length; index++)
        {
            if (Height[index] > heightAbove && !double.IsNaN(U[index] + V[index]))
            {
                break;
            }
        }

        return index;
    }
}
