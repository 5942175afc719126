namespace RealtimeHub.Protocol.Climate;

/// <summary>What is said that data are.</summary>
public sealed record KnowledgeClaim
{
    /// <summary>What sort of knowledge they come from, such as <c>PUBLIC_AQI_REPORT</c>, <c>MODEL_FIELD</c>, <c>OBSERVED_SENSOR_READING</c>.</summary>
    public string? Character { get; init; }

    /// <summary>What they are said to be: <c>observation</c>, <c>concentration</c>, <c>air_quality_index</c>, <c>site_context</c> …</summary>
    public string? Kind { get; init; }

    /// <summary>The quantity, such as <c>pm25</c>.</summary>
    public string? Parameter { get; init; }

    /// <summary>What they are given for: <c>public_context</c>, <c>life_safety_alert</c> …</summary>
    public string? IntendedUse { get; init; }

    /// <summary>How exact their places are: <c>exact_site</c>, or anything coarser.</summary>
    public string? SpatialSupport { get; init; }
}
