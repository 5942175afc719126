using RealtimeHub.Protocol.Errors;

namespace RealtimeHub.Protocol.Climate;

/// <summary>A focus payload, or why there is none.</summary>
public sealed record FocusModeResult
{
    /// <summary>The context stack, the widest first: region, time, fields, drivers, policy.</summary>
    public IReadOnlyList<FocusContext>? Contexts { get; init; }

    /// <summary>The story that the map tells while it is focused.</summary>
    public StoryNode? Story { get; init; }

    /// <summary>Why there is none.</summary>
    public ProtocolError? Error { get; init; }
}
