using RealtimeHub.Protocol.Channels;

namespace RealtimeHub.Engine.Channels;

/// <summary>Assigns offsets and keeps history. What it has accepted is delivered or announced as lost.</summary>
/// <remarks>Implementations are thread-safe. Appending and announcing is one atomic step per channel.</remarks>
public interface IChannelStore
{
    /// <summary>
    /// Finds a channel or starts it, for somebody who is about to read it: its log stands where the store does when this returns, and follows
    /// the store as long as the channel has readers.
    /// </summary>
    /// <returns>The channel; null if the node holds as many as it may.</returns>
    /// <exception cref="ChannelStoreUnavailableException">The store is away, and nothing is known of the channel here.</exception>
    ValueTask<Channel?> OpenAsync(ChannelName channel, CancellationToken cancellationToken = default);

    /// <summary>Finds a channel that there is, here or elsewhere, and opens it.</summary>
    /// <returns>The channel; null if there is none.</returns>
    /// <exception cref="ChannelStoreUnavailableException">The store is away, and nothing is known of the channel here.</exception>
    ValueTask<Channel?> FindAsync(ChannelName channel, CancellationToken cancellationToken = default);

    /// <summary>Appends to a channel and lets its readers know.</summary>
    /// <exception cref="ChannelStoreUnavailableException">The store is away; nothing is accepted.</exception>
    ValueTask<AppendResult> AppendAsync(AppendRequest request, CancellationToken cancellationToken = default);

    /// <summary>
    /// Begins a new epoch of a channel because its frames may not be shown any more: they are forgotten, readers are told the reason and go on live,
    /// and whoever resumes from the earlier epoch is told it too.
    /// </summary>
    /// <param name="channel">The channel.</param>
    /// <param name="reason">What readers are told.</param>
    /// <param name="version">
    /// What the epoch is made by, such as a mask. Where it is the same that the present epoch was made by, or the first for a channel that has no
    /// frames, nothing changes and the present epoch is returned: of several nodes that ask for the same, the first begins the epoch and the others get it.
    /// </param>
    /// <param name="cancellationToken">Ends the wait; the frames that this node holds are forgotten all the same.</param>
    /// <returns>The new epoch; null if there is no such channel, or it has ended: then its frames are forgotten and its readers end.</returns>
    ValueTask<string?> RenewAsync(ChannelName channel, string reason, string? version = null, CancellationToken cancellationToken = default);
}
