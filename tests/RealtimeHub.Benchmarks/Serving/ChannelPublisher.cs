using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.SignalR;
using RealtimeHub.Engine.Channels;
using RealtimeHub.Engine.Subscriptions;
using RealtimeHub.Protocol.Channels;

namespace RealtimeHub.Benchmarks.Serving;

/// <summary>Appends frames to a governed channel that every connection subscribes to.</summary>
internal sealed class ChannelPublisher(IChannelStore store, SubscriptionService subscriptions, TimeProvider clock) : IBenchPublisher
{
    private const string FamilyName = "bench";

    private static readonly ChannelName Channel = ChannelName.Parse(FamilyName);

    private long _published;

    /// <summary>The family of the channel. It keeps few frames, so that a short run fills it and memory settles.</summary>
    public static ChannelFamily Family { get; } = new()
    {
        Name = FamilyName,
        Target = "frame",
        Retention = RetentionLimits.Default with { MaxFrames = 1024 },
    };

    public async Task JoinAsync(HubCallerContext connection, IGroupManager groups, bool fromOldest)
    {
        var result = await subscriptions.SubscribeAsync(connection, new SubscribePlan
        {
            Id = "s",
            Channel = Channel,
            Start = fromOldest ? StartPoint.Oldest : StartPoint.Live,
        });
        if (result.Error is not null)
        {
            throw new InvalidOperationException(result.Error.Message);
        }
    }

    public async ValueTask PublishAsync(string payload)
    {
        var envelope = new Envelope
        {
            Type = "bench.frame",
            Timestamp = clock.GetUtcNow(),
            EventId = (++_published).ToString("x16", CultureInfo.InvariantCulture),
            Payload = JsonPayload.FromValidUtf8(Encoding.UTF8.GetBytes($"\"{payload}\"")),
        };
        var result = await store.AppendAsync(new AppendRequest(Channel, [envelope]));
        if (result.Status != AppendStatus.Done)
        {
            throw new InvalidOperationException($"The append ended as {result.Status}.");
        }
    }
}
