using RealtimeHub.Engine.Channels;
using RealtimeHub.Protocol.Channels;
using RealtimeHub.Protocol.Notices;

namespace RealtimeHub.Engine.Cursors;

/// <summary>The first order of a cursor that goes on, on a sibling of its channel, for a reader that was on another.</summary>
internal static class RungStart
{
    public static CursorSeek At(Channel channel, StreamPosition position, CursorTerms terms) => new(position.Offset, new Subscribed
    {
        Id = terms.Id,
        Channel = channel.Name,
        Epoch = position.Epoch,
        Sequence = position.Offset,
        Recovered = false,
        Policy = terms.Policy.ToWireName(),
    });
}
