namespace RealtimeHub.Science.Drivers;

/// <summary>What counts as a low-level jet.</summary>
public sealed record JetSearch
{
    /// <summary>Lowest height searched, m above ground. Default 100, the lower end of the documented 100–200 m.</summary>
    public double Bottom { get; init; } = 100.0;

    /// <summary>Greatest height searched, m above ground. Default 1500, as documented.</summary>
    public double Top { get; init; } = 1500.0;

    /// <summary>The part of the greatest wind that still belongs to the jet. Default 0.8: the core; the document gives no number.</summary>
    public double CoreFraction { get; init; } = 0.8;
}
