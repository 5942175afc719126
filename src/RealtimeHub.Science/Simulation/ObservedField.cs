namespace RealtimeHub.Science.Simulation;

/// <summary>The field of a model that is shown, measured and hashed.</summary>
/// <param name="Name">Its name (<c>potential</c>, <c>v</c>).</param>
/// <param name="Unit">The unit it is computed in.</param>
/// <param name="Min">What a quantised 0 means, in that unit.</param>
/// <param name="Max">What the largest quantised number means.</param>
public sealed record ObservedField(string Name, string Unit, double Min, double Max)
{
    /// <summary>How the names of its statistics begin (<c>pot_</c>).</summary>
    public required string FeaturePrefix { get; init; }

    /// <summary>How the names of its statistics end (<c>_mV</c>).</summary>
    public string FeatureSuffix { get; init; } = "";

    /// <summary>What a value is multiplied with to be shown: 1000 for volts shown as millivolts.</summary>
    public double ShownScale { get; init; } = 1.0;

    /// <summary>A cell above this is active.</summary>
    public required double ActiveAbove { get; init; }

    /// <summary>The thresholds of low, medium and high clusters.</summary>
    public required (double Low, double Medium, double High) ClusterThresholds { get; init; }
}
