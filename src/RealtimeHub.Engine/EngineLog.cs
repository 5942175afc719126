using Microsoft.Extensions.Logging;

namespace RealtimeHub.Engine;

internal static partial class EngineLog
{
    [LoggerMessage(1301, LogLevel.Warning,
        "Connection {ConnectionId} is {Lag} frames behind on {Channel}; its policy {Policy} acts until it has caught up.",
        EventName = "SubscriptionDegraded")]
    public static partial void SubscriptionDegraded(ILogger logger, string connectionId, long lag, string channel, string policy);

    [LoggerMessage(EventId = 1302, EventName = "ConnectionClosedByServer", Message = "Connection {ConnectionId} is closed: {Code}. {Reason}")]
    public static partial void ConnectionClosedByServer(ILogger logger, LogLevel level, string connectionId, string code, string reason);

    [LoggerMessage(1303, LogLevel.Error, "The pump of connection {ConnectionId} failed; the connection is aborted.", EventName = "PumpFailed")]
    public static partial void PumpFailed(ILogger logger, Exception exception, string connectionId);

    [LoggerMessage(1304, LogLevel.Warning,
        "Frame {Sequence} of {Channel} was not acknowledged by consumer {Consumer} after {Attempts} redeliveries.",
        EventName = "FrameEscalated")]
    public static partial void FrameEscalated(ILogger logger, long sequence, string channel, string? consumer, int attempts);

    [LoggerMessage(1305, LogLevel.Error, "An escalation of frame {Sequence} of {Channel} could not be published.", EventName = "EscalationFailed")]
    public static partial void EscalationFailed(ILogger logger, Exception exception, long sequence, string channel);

    [LoggerMessage(1306, LogLevel.Error, "Entry {Sequence} of {Channel}, which another node told, could not be carried out.", EventName = "NodeEntryFailed")]
    public static partial void NodeEntryFailed(ILogger logger, Exception exception, string channel, long sequence);
}
