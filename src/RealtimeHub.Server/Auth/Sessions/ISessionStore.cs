namespace RealtimeHub.Server.Auth.Sessions;

/// <summary>Where sessions are. One that cannot answer throws, and the request is refused.</summary>
internal interface ISessionStore
{
    /// <summary>Finds a session by the hash of its id.</summary>
    ValueTask<Session?> FindAsync(string hash, CancellationToken cancellationToken);

    /// <summary>Keeps a session; false if there are as many as there may be.</summary>
    ValueTask<bool> TryAddAsync(string hash, Session session, CancellationToken cancellationToken);

    /// <summary>Forgets a session.</summary>
    ValueTask RemoveAsync(string hash, CancellationToken cancellationToken);
}
