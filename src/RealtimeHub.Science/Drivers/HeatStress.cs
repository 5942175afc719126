namespace RealtimeHub.Science.Drivers;

/// <summary>Heat as people feel it.</summary>
public static class HeatStress
{
    /// <summary>Wet-bulb globe temperature outdoors: 0.7 T_w + 0.2 T_g + 0.1 T_a (Yaglou and Minard 1957; ISO 7243).</summary>
    /// <remarks>All four in one unit, K or °C, as the weights sum to 1. NaN in gives NaN out.</remarks>
    /// <param name="wetBulb">Natural wet-bulb temperature.</param>
    /// <param name="globe">Black globe temperature.</param>
    /// <param name="air">Air temperature in the shade.</param>
    public static double WetBulbGlobe(double wetBulb, double globe, double air) =>
        (0.7 * wetBulb) + (0.2 * globe) + (0.1 * air);
}
