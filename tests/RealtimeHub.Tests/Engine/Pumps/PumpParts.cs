using RealtimeHub.Engine.Channels;
using RealtimeHub.Engine.Cursors;
using RealtimeHub.Engine.Pumps;
using RealtimeHub.Engine.Subscriptions;
using RealtimeHub.Protocol.Notices;

namespace RealtimeHub.Tests.Engine.Pumps;

/// <summary>One connection: its pump and its scripted sink.</summary>
internal sealed class PumpParts
{
    public PumpParts(EngineParts? parts = null, string connectionId = "c1", string? userId = null)
    {
        Engine = parts ?? new EngineParts();
        Pump = new ConnectionPump(connectionId, userId, Sink, Engine.Context());
    }

    public EngineParts Engine { get; }

    public ScriptedSink Sink { get; } = new();

    public ConnectionPump Pump { get; }

    /// <summary>Attaches a cursor outside the subscriptions, as raw sends have it.</summary>
    public Cursor Read(Channel channel, CursorTerms? terms = null)
    {
        var cursor = new Cursor(channel, Pump, terms ?? CursorTerms.RawSends, channel.Log.Newest);
        channel.Attach(cursor);
        return cursor;
    }

    /// <summary>Subscribes; the pump says so and goes on from there.</summary>
    public Subscription Subscribe(Channel channel, CursorTerms? terms = null, long served = 0)
    {
        var subscription = new Subscription(Pump, channel, terms ?? EngineParts.Terms(), served);
        subscription.Cursor.Seek(new CursorSeek(served, new Subscribed { Id = subscription.Id, Channel = channel.Name, Epoch = channel.Log.Epoch, Sequence = served }));
        Assert.True(Pump.Subscriptions.TryAdd(subscription));
        return subscription;
    }
}
