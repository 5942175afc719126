namespace RealtimeHub.Protocol.Climate;

/// <summary>Asks for explanations of a prediction.</summary>
public sealed record SubscribeXaiRequest : SubscribeClimateRequest
{
    /// <summary>The predicted variable: <c>t2m</c>, <c>td2m</c>, <c>u10</c> or <c>v10</c>.</summary>
    public string? Variable { get; init; }

    /// <summary><c>shap</c> or <c>ig</c>.</summary>
    public string? Method { get; init; }

    /// <summary>What is explained, from <see cref="XaiLevels"/>. Default: <c>local</c> for a point, else <c>spatial</c>.</summary>
    public string? Level { get; init; }

    /// <summary>One valid time; the channel then ends after its one frame. Default: in step with the data clock.</summary>
    public DateTimeOffset? Time { get; init; }
}
