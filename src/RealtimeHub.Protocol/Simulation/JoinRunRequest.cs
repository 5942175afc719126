namespace RealtimeHub.Protocol.Simulation;

/// <summary>Streams a run that is known by its id.</summary>
public sealed record JoinRunRequest : ViewRequest
{
    /// <summary>The run.</summary>
    public string? RunId { get; init; }

    /// <summary>Where to start: <c>live</c> (default), <c>history</c> for the oldest frame kept, or <c>snapshot</c> for the newest state, then live.</summary>
    public string? Start { get; init; }
}
