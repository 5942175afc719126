namespace RealtimeHub.Server.Hubs.Climate.Frames;

/// <summary>What values of each unit are rounded to before they are hashed and sent: finer than any source, coarse enough to be the same everywhere.</summary>
internal static class Quanta
{
    private const double Other = 0.001;

    private static readonly Dictionary<string, double> OfUnits = new(StringComparer.Ordinal)
    {
        ["K"] = 0.01,
        ["m s-1"] = 0.01,
        ["%"] = 0.1,
        ["Pa"] = 1,
        ["m"] = 0.1,
        ["kg m-2"] = 0.01,
        ["J kg-1"] = 0.1,
        ["m2 s-2"] = 0.1,
        ["K m-1"] = 0.000_01,
        ["kg kg-1 m s-1"] = 0.000_01,
        ["kg m-1 s-1"] = 0.1,
    };

    public static double Of(string unit) => OfUnits.GetValueOrDefault(unit, Other);

    /// <summary>Of contributions to values of a unit: they are sums of many small ones.</summary>
    public static double OfContributions(string unit) => Of(unit) / 100;
}
