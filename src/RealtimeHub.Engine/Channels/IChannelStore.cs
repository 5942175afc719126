namespace RealtimeHub.Engine.Channels;

/// <summary>Assigns offsets and keeps history. What it has accepted is delivered or announced as lost.</summary>
/// <remarks>Implementations are thread-safe. Appending and announcing is one atomic step per channel.</remarks>
public interface IChannelStore
{
    /// <summary>Appends to a channel and lets its readers know.</summary>
    ValueTask<AppendResult> AppendAsync(AppendRequest request, CancellationToken cancellationToken = default);
}
