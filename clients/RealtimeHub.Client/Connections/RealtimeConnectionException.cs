using System.Net;
using RealtimeHub.Protocol.Notices;

namespace RealtimeHub.Client.Connections;

/// <summary>The server could not be reached, refused the connection, or the connection broke or ended.</summary>
public sealed class RealtimeConnectionException : Exception
{
    private RealtimeConnectionException(string message, Uri uri, Exception? innerException)
        : base(message, innerException) => Uri = uri;

    /// <summary>What was to be reached, without credentials.</summary>
    public Uri Uri { get; }

    /// <summary>The status that the server answered with instead of opening the connection, if it answered.</summary>
    public HttpStatusCode? StatusCode { get; private init; }

    /// <summary>The server's last word, when it ended the connection.</summary>
    public Control? Control { get; private init; }

    /// <summary>Whether the connection broke while a call waited for its answer: the call may or may not have had its effect.</summary>
    public bool BrokeMidway { get; private init; }

    /// <summary>Whether trying again is of no use: the credential is refused or lacks a scope, or the server said so.</summary>
    public bool IsFinal => StatusCode is HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden || Control is { Reconnect: false };

    internal static RealtimeConnectionException NotOpened(Uri uri, HttpStatusCode? status, Exception? cause) =>
        new(
            status switch
            {
                HttpStatusCode.Unauthorized => $"{uri} does not know the API key.",
                HttpStatusCode.Forbidden => $"The API key lacks the scope for {uri}.",
                null => $"{uri} cannot be reached.",
                _ => $"{uri} answered with status {(int)status}.",
            },
            uri,
            cause) { StatusCode = status };

    internal static RealtimeConnectionException Broken(Uri uri, Exception? cause) =>
        new($"The connection to {uri} broke before the answer came.", uri, cause) { BrokeMidway = true };

    internal static RealtimeConnectionException Ended(Uri uri, Control control) =>
        new($"{uri} ended the connection for good: {control.Reason} ({control.Code})", uri, null) { Control = control };
}
