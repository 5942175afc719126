using RealtimeHub.Science.Numerics;

namespace RealtimeHub.Science.Drivers;

/// <summary>Values of a profile between its levels.</summary>
/// <remarks>Levels with a NaN are skipped. A place outside the levels that are left gives NaN: nothing is extrapolated.</remarks>
public static class ProfileInterpolation
{
    /// <summary>The value at a pressure, linear in ln p.</summary>
    /// <param name="pressure">Pressures, Pa, falling; a level that does not fall is skipped.</param>
    /// <param name="values">One value per level.</param>
    /// <param name="at">The pressure sought, Pa.</param>
    public static double AtPressure(ReadOnlySpan<double> pressure, ReadOnlySpan<double> values, double at)
    {
        ProfileLengths.Check(pressure.Length, values.Length, values.Length);
        var below = -1;
        for (var i = 0; i < pressure.Length; i++)
        {
            if (double.IsNaN(values[i]) || !(below < 0 || pressure[i] < pressure[below]))
            {
                continue;
            }

            if (pressure[i] <= at)
            {
                return pressure[i] == at ? values[i] : below < 0 ? double.NaN : Between(pressure, values, below, i, at);
            }

            below = double.IsNaN(pressure[i]) ? below : i;
        }

        return double.NaN;
    }

    /// <summary>The value at a height, linear in height.</summary>
    /// <param name="height">Heights, m, rising; a level that does not rise is skipped.</param>
    /// <param name="values">One value per level.</param>
    /// <param name="at">The height sought, m.</param>
    public static double AtHeight(ReadOnlySpan<double> height, ReadOnlySpan<double> values, double at)
    {
        ProfileLengths.Check(height.Length, values.Length, values.Length);
        var below = -1;
        for (var i = 0; i < height.Length; i++)
        {
            if (double.IsNaN(values[i]) || !(below < 0 || height[i] > height[below]))
            {
                continue;
            }

            if (height[i] >= at)
            {
                if (height[i] == at || below < 0)
                {
                    return height[i] == at ? values[i] : double.NaN;
                }

                var weight = (at - height[below]) / (height[i] - height[below]);
                return values[below] + (weight * (values[i] - values[below]));
            }

            below = double.IsNaN(height[i]) ? below : i;
        }

        return double.NaN;
    }

    private static double Between(
        ReadOnlySpan<double> pressure, ReadOnlySpan<double> values, int below, int above, double at)
    {
        var weight = DeterministicMath.Log(pressure[below] / at) / DeterministicMath.Log(pressure[below] / pressure[above]);
        return values[below] + (weight * (values[above] - values[below]));
    }
}
