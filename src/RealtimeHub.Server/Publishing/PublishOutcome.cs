using RealtimeHub.Engine.Channels;
using RealtimeHub.Protocol.Errors;

namespace RealtimeHub.Server.Publishing;

/// <summary>What became of a publish: the place of every event, or why none has one.</summary>
internal readonly record struct PublishOutcome(AppendResult Result, ProtocolError? Error)
{
    public static implicit operator PublishOutcome(ProtocolError error) => new(default, error);
}
