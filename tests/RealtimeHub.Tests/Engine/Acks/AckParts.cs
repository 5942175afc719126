using RealtimeHub.Engine.Acks;
using RealtimeHub.Engine.Channels;

namespace RealtimeHub.Tests.Engine.Acks;

/// <summary>A channel whose frames are booked in an ack book with a fixed jitter.</summary>
internal sealed class AckParts
{
    public AckParts(AckOptions? options = null, double jitter = 0, int maxFrames = 1000)
    {
        Channel = Engine.Channel(EngineParts.Family(maxFrames));
        Book = new AckBook(Channel, options ?? new AckOptions()) { Random = new FixedRandom(jitter) };
    }

    public EngineParts Engine { get; } = new();

    public Channel Channel { get; }

    public AckBook Book { get; }

    public static ConsumerKey Consumer(string name = "phone", string user = "u1") => new(user, name);

    /// <summary>Publishes a frame that requires acknowledgement, or one that does not.</summary>
    public Frame Publish(bool requiresAck = true, string type = "event")
    {
        var frame = Channel.Append(TestEnvelopes.Envelope(type, requiresAck: requiresAck));
        if (requiresAck)
        {
            Book.OnAppended(frame);
        }

        return frame;
    }

    public void Publish(int count)
    {
        for (var i = 0; i < count; i++)
        {
            Publish();
        }
    }

    /// <summary>Starts a consumer at the newest frame, with a connection that is served everything.</summary>
    public RecordingTarget Attach(ConsumerKey consumer)
    {
        var target = new RecordingTarget();
        Assert.NotNull(Book.Attach(consumer, null, target, Channel.Log.Newest));
        return target;
    }

    /// <summary>Lets time pass and looks what is due.</summary>
    public IReadOnlyList<Escalation> Pass(TimeSpan time)
    {
        Engine.Clock.Advance(time);
        return Book.Tick(Engine.Clock.GetUtcNow());
    }
}
