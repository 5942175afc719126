using Microsoft.Extensions.Logging;

namespace RealtimeHub.Client.Connections;

internal static partial class ClientLog
{
    [LoggerMessage(1701, LogLevel.Debug, "The connection to {Uri} is {State}.", EventName = "ConnectionStateChanged")]
    public static partial void ConnectionStateChanged(ILogger logger, Uri uri, ConnectionState state);

    [LoggerMessage(1702, LogLevel.Warning, "The connection to {Uri} met an error.", EventName = "ConnectionFaulted")]
    public static partial void ConnectionFaulted(ILogger logger, Uri uri, Exception error);

    [LoggerMessage(1703, LogLevel.Error, "An event listener of the connection to {Uri} threw.", EventName = "ListenerThrew")]
    public static partial void ListenerThrew(ILogger logger, Uri uri, Exception error);

    [LoggerMessage(1704, LogLevel.Error,
        "{Count} frames of {Channel} up to {Sequence} neither came nor were announced.", EventName = "FramesMissing")]
    public static partial void FramesMissing(ILogger logger, long count, string channel, long sequence);
}
