using RealtimeHub.Protocol.Errors;

namespace RealtimeHub.Protocol.Climate;

/// <summary>A story node, or why there is none.</summary>
public sealed record StoryNodeResult
{
    /// <summary>The story node.</summary>
    public StoryNode? Story { get; init; }

    /// <summary>Why there is none.</summary>
    public ProtocolError? Error { get; init; }
}
