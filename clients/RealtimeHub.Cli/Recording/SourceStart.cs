using RealtimeHub.Protocol.Channels;
using RealtimeHub.Protocol.Requests;

namespace RealtimeHub.Cli.Recording;

/// <summary>Where reading a channel begins; nothing means live.</summary>
internal sealed record SourceStart(StreamPosition? From = null, int? Last = null, DateTimeOffset? Since = null)
{
    public bool IsLive => From is null && Last is null && Since is null;

    public T In<T>(T request)
        where T : SubscribeRequest => request with { From = From, Last = Last, Since = Since };
}
