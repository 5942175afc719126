namespace RealtimeHub.Protocol.Simulation;

/// <summary>Whether Turing patterns can form, and how large they are.</summary>
public sealed record TuringStatement
{
    /// <summary>Whether all conditions hold.</summary>
    public bool Fulfilled { get; init; }

    /// <summary>Each condition's left side by its formula; each must be above 0.</summary>
    public IReadOnlyDictionary<string, double> Conditions { get; init; } = new Dictionary<string, double>();

    /// <summary>How fast the fastest wave grows, per step.</summary>
    public double GrowthPerStep { get; init; }

    /// <summary>The length of the fastest growing wave, in cells; absent when none grows.</summary>
    public double? PredictedWavelength { get; init; }
}
