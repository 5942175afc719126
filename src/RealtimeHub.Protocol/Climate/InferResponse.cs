using RealtimeHub.Protocol.Numerics;

namespace RealtimeHub.Protocol.Climate;

/// <summary>What an inference service answers.</summary>
public sealed record InferResponse
{
    /// <summary>Who says so.</summary>
    public required string ModelVersion { get; init; }

    /// <summary>The predictions by variable, each of the shape rows, columns; NaN where an input was missing.</summary>
    public required IReadOnlyDictionary<string, FloatBlock> Variables { get; init; }
}
