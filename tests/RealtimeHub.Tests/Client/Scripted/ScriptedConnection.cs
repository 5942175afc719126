using Microsoft.AspNetCore.SignalR;
using RealtimeHub.Protocol.Channels;
using RealtimeHub.Protocol.Notices;
using RealtimeHub.Protocol.Requests;

namespace RealtimeHub.Tests.Client.Scripted;

/// <summary>One client connection, seen from the server. Push from one place at a time.</summary>
public sealed class ScriptedConnection(HubCallerContext context, ISingleClientProxy client, string frameTarget, string channel)
{
    public const string Epoch = "epoch-one";

    public string Id => context.ConnectionId;

    /// <summary>Pushes anything under its type's name; frames under the hub's.</summary>
    public Task PushAsync(object message) => client.SendAsync(
        message switch
        {
            FrameEnvelope => frameTarget,
            ErrorNotice => "Error",
            _ => message.GetType().Name,
        },
        message);

    public Task PushFramesAsync(long from, long to, string epoch = Epoch, bool requiresAck = false) =>
        PushAllAsync(Enumerable.Range(0, (int)(to - from + 1)).Select(i => Frame(from + i, epoch, requiresAck)));

    public async Task PushAllAsync(IEnumerable<object> messages)
    {
        foreach (var message in messages)
        {
            await PushAsync(message);
        }
    }

    public Task PushHeartbeatAsync(long sequence, string epoch = Epoch) => PushAsync(new Heartbeat(
        DateTimeOffset.UnixEpoch, 30, [new SubscriptionPosition(channel, channel, epoch, sequence, sequence)]));

    public FrameEnvelope Frame(long sequence, string epoch = Epoch, bool requiresAck = false) => new()
    {
        Type = "alert.created",
        Channel = channel,
        Epoch = epoch,
        Sequence = sequence,
        Timestamp = DateTimeOffset.UnixEpoch,
        EventId = $"{epoch}-{sequence}",
        RequiresAck = requiresAck,
        Payload = JsonPayload.FromValidUtf8("{}"u8.ToArray()),
    };

    public Subscribed Granted(SubscribeRequest request) => new()
    {
        Id = request.Id!,
        Channel = channel,
        Epoch = request.From?.Epoch ?? Epoch,
        Sequence = request.From?.Offset ?? 0,
        Recovered = request.From is not null,
    };

    /// <summary>Accepts a subscribe: the notice first, then the answer.</summary>
    public async Task<SubscribeResult> AcceptAsync(SubscribeRequest request)
    {
        var granted = Granted(request);
        await PushAsync(granted);
        return new SubscribeResult { Subscription = granted };
    }

    /// <summary>Ends the connection without a word.</summary>
    public void Drop() => context.Abort();
}
