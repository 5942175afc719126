using RealtimeHub.Protocol.Notices;

namespace RealtimeHub.Client.Connections;

/// <summary>A change of the connection to one hub.</summary>
/// <param name="state">Where it stands now.</param>
public sealed class ConnectionStateChangedEventArgs(ConnectionState state) : EventArgs
{
    /// <summary>Where the connection stands now.</summary>
    public ConnectionState State { get; } = state;

    /// <summary>While reconnecting: which attempt comes next, from 1.</summary>
    public int Attempt { get; init; }

    /// <summary>While reconnecting: how long until that attempt.</summary>
    public TimeSpan Delay { get; init; }

    /// <summary>Why the connection broke or ended, where that is known.</summary>
    public Exception? Error { get; init; }

    /// <summary>The server's last word, if it had one.</summary>
    public Control? Control { get; init; }
}
