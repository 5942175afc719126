using RealtimeHub.Protocol.Channels;

namespace RealtimeHub.Engine.Channels;

/// <summary>Assigns offsets and keeps history. What it has accepted is delivered or announced as lost.</summary>
/// <remarks>Implementations are thread-safe. Appending and announcing is one atomic step per channel.</remarks>
public interface IChannelStore
{
    /// <summary>Appends to a channel and lets its readers know.</summary>
    ValueTask<AppendResult> AppendAsync(AppendRequest request, CancellationToken cancellationToken = default);

    /// <summary>
    /// Begins a new epoch of a channel because its frames may not be shown any more: they are forgotten, readers are told the reason and go on live,
    /// and whoever resumes from the earlier epoch is told it too.
    /// </summary>
    /// <returns>The new epoch; null if there is no such channel, or it has ended: then its frames are forgotten and its readers end.</returns>
    ValueTask<string?> RenewAsync(ChannelName channel, string reason, CancellationToken cancellationToken = default);
}
