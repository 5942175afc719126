namespace RealtimeHub.Protocol.Climate;

/// <summary>What each feature contributes to a prediction.</summary>
public sealed record XaiAttribution
{
    /// <summary>The names of the features.</summary>
    public required IReadOnlyList<string> Features { get; init; }

    /// <summary>One number per feature: at the point, or the mean over the place.</summary>
    public required IReadOnlyList<double?> Contributions { get; init; }

    /// <summary>Where contributions start from: they sum to <see cref="Prediction"/> minus this, up to rounding.</summary>
    public required double BaseValue { get; init; }

    /// <summary>The prediction at the point, or its mean over the place; absent where all of it is concealed.</summary>
    public double? Prediction { get; init; }

    /// <summary>The unit of all of these.</summary>
    public required string Units { get; init; }

    /// <summary>What numbers are multiples of.</summary>
    public required double Quantum { get; init; }
}
