using RealtimeHub.Engine.Channels;
using RealtimeHub.Protocol.Requests;

namespace RealtimeHub.Server.Publishing;

/// <summary>Turns what the store says into what the wire says.</summary>
internal static class PublishResults
{
    public static PublishResult Single(string channel, AppendResult result, int index) => new()
    {
        Channel = channel,
        Epoch = result.Epoch,
        Sequence = result.Entries[index].Offset,
        EventId = result.Entries[index].EventId,
        Duplicate = result.IsRepeat || result.Entries[index].IsDuplicate,
    };

    public static PublishBatchResult Batch(string channel, AppendResult result) => new()
    {
        Channel = channel,
        Epoch = result.Epoch,
        Count = result.Entries.Count,
        FirstSequence = result.Entries[0].Offset,
        LastSequence = result.Entries[^1].Offset,
        Duplicate = result.IsRepeat,
        Results = [.. result.Entries.Select((_, i) => Single(channel, result, i))],
    };
}
