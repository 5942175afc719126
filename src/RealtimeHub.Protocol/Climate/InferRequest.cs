using RealtimeHub.Protocol.Numerics;

namespace RealtimeHub.Protocol.Climate;

/// <summary>What an inference service is asked: the surface at one time, and what to predict from it.</summary>
public sealed record InferRequest
{
    /// <summary>The version that has to answer; absent for whichever does.</summary>
    public string? ModelVersion { get; init; }

    /// <summary>When the fields are valid.</summary>
    public DateTimeOffset? Time { get; init; }

    /// <summary>How long after that, 0 to 10,800 s.</summary>
    public long? LeadSeconds { get; init; }

    /// <summary>What to predict: of <c>t2m</c>, <c>td2m</c>, <c>u10</c>, <c>v10</c>.</summary>
    public IReadOnlyList<string>? Variables { get; init; }

    /// <summary>Degrees north of the rows, evenly spaced.</summary>
    public IReadOnlyList<double>? Latitudes { get; init; }

    /// <summary>Degrees east of the columns, evenly spaced, ascending.</summary>
    public IReadOnlyList<double>? Longitudes { get; init; }

    /// <summary>The fields by name, each of the shape rows, columns: <c>t2m td2m r2m u10 v10 sp tskin orog</c>.</summary>
    public IReadOnlyDictionary<string, FloatBlock>? Fields { get; init; }
}
