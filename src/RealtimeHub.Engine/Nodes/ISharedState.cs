using RealtimeHub.Engine.Channels;

namespace RealtimeHub.Engine.Nodes;

/// <summary>What nodes share besides channels. Implementations are thread-safe.</summary>
public interface ISharedState
{
    /// <summary>Whether there can be other nodes.</summary>
    bool IsShared { get; }

    /// <summary>The name of this node.</summary>
    string Node { get; }

    /// <summary>How long another node may be silent before it is taken for gone.</summary>
    TimeSpan NodeTimeout { get; }

    /// <summary>How long a lease lasts that is not kept: what a node did that is gone stands still for so long.</summary>
    TimeSpan LeaseTime { get; }

    /// <summary>How long what was known of credentials counts on while the store is away.</summary>
    TimeSpan CredentialGrace { get; }

    /// <summary>Takes or keeps a lease, so that one node at a time does something. While the store is away nobody takes one.</summary>
    /// <returns>Whether this node holds it, for <see cref="LeaseTime"/> from now.</returns>
    ValueTask<bool> TryHoldAsync(string lease, CancellationToken cancellationToken = default);

    /// <summary>The same for what is done less often than a lease lasts: it lasts from one time to the next, and <see cref="LeaseTime"/> beyond.</summary>
    /// <param name="lease">What is done by one node.</param>
    /// <param name="next">In how long this node asks again.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    ValueTask<bool> TryHoldAsync(string lease, TimeSpan next, CancellationToken cancellationToken = default);

    /// <summary>Gives a lease back.</summary>
    ValueTask ReleaseAsync(string lease);

    /// <summary>Whether something is used for the first time, on any node.</summary>
    /// <exception cref="ChannelStoreUnavailableException">The store has been away for longer than <see cref="CredentialGrace"/>: deny.</exception>
    ValueTask<bool> TryUseOnceAsync(string what, TimeSpan lifetime, CancellationToken cancellationToken = default);

    /// <summary>Takes one of a rate that all nodes share.</summary>
    /// <returns>How long to wait for the next; zero when it was taken. Null when the store is away: limit on this node alone.</returns>
    ValueTask<TimeSpan?> TakeAsync(string key, TimeSpan interval, int burst, CancellationToken cancellationToken = default);
}
