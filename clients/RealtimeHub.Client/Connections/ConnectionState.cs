namespace RealtimeHub.Client.Connections;

/// <summary>Where the connection to one hub stands.</summary>
public enum ConnectionState
{
    /// <summary>Not asked for yet, or closed because nothing was asked for; the next call opens it.</summary>
    Idle,

    /// <summary>An attempt to connect is under way.</summary>
    Connecting,

    /// <summary>Open; every subscription is in force.</summary>
    Connected,

    /// <summary>Broken; the next attempt waits for its delay.</summary>
    Reconnecting,

    /// <summary>Ended: closed by the client, refused, or closed by the server for good.</summary>
    Disconnected,
}
