namespace RealtimeHub.Client.Connections;

/// <summary>Something went wrong that no call can answer: a failed attempt to connect, a notice of the server, a handler that threw.</summary>
/// <param name="error">What it is.</param>
public sealed class ConnectionErrorEventArgs(Exception error) : EventArgs
{
    /// <summary>What went wrong.</summary>
    public Exception Error { get; } = error;
}
