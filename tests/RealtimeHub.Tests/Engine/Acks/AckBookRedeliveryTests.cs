using RealtimeHub.Engine.Acks;

namespace RealtimeHub.Tests.Engine.Acks;

/// <summary>When frames come again, and when they are escalated.</summary>
public class AckBookRedeliveryTests
{
    private static readonly ConsumerKey Phone = AckParts.Consumer();
    private static readonly TimeSpan Tick = TimeSpan.FromTicks(1);

    [Theory]
    [InlineData(0.0, 1.1)]
    [InlineData(0.5, 1.2)]
    [InlineData(1.0, 1.3)]
    public void Tick_sends_again_after_1_2_4_to_30_seconds_and_jitter_then_escalates_once(double random, double factor)
    {
        var parts = new AckParts(jitter: random);
        var target = parts.Attach(Phone);
        var frame = parts.Publish();

        for (var attempt = 0; attempt < 8; attempt++)
        {
            Assert.Empty(parts.Pass(After(attempt) - Tick));
            Assert.Equal(attempt, target.Again.Count);
            Assert.Empty(parts.Pass(Tick));
            Assert.Equal(attempt + 1, target.Again.Count);
        }

        Assert.Empty(parts.Pass(After(8) - Tick));
        Assert.Equal([new Escalation(frame.Envelope!, Phone, 8, "unacknowledged")], parts.Pass(Tick));
        Assert.Empty(parts.Pass(TimeSpan.FromHours(1)));
        Assert.Equal(8, target.Again.Count);
        Assert.All(target.Again, f => Assert.Same(frame, f));

        TimeSpan After(int attempt) => TimeSpan.FromSeconds(new[] { 1, 2, 4, 8, 16, 30, 30, 30, 30 }[attempt] * factor);
    }

    [Fact]
    public void Tick_sends_nothing_again_that_was_acknowledged()
    {
        var parts = new AckParts();
        var target = parts.Attach(Phone);
        parts.Publish(3);
        parts.Book.Acknowledge(Phone, [2]);

        parts.Pass(TimeSpan.FromSeconds(2));

        Assert.Equal([1, 3], target.Offsets);
    }

    [Fact]
    public void Tick_sends_to_every_connection_of_the_consumer_that_had_the_frame_once()
    {
        var parts = new AckParts();
        var (had, has, gone) = (parts.Attach(Phone), parts.Attach(Phone), parts.Attach(Phone));
        has.Served = 0;
        parts.Publish();
        parts.Book.Detach(Phone, gone);

        parts.Pass(TimeSpan.FromSeconds(2));

        Assert.Equal([1], had.Offsets);
        Assert.Empty(has.Again);
        Assert.Empty(gone.Again);
    }

    [Fact]
    public void Tick_sends_a_frame_again_that_the_log_has_dropped()
    {
        var parts = new AckParts(maxFrames: 2);
        var target = parts.Attach(Phone);
        var frame = parts.Publish();
        for (var i = 0; i < 10; i++)
        {
            parts.Publish(requiresAck: false);
        }

        Assert.Null(parts.Channel.Log.TryGet(1));
        parts.Pass(TimeSpan.FromSeconds(2));

        Assert.Same(frame, Assert.Single(target.Again));
        Assert.Same(frame.Envelope!.EventId, target.Again[0].Envelope!.EventId);
    }

    [Fact]
    public void Tick_escalates_for_a_consumer_that_has_no_connection()
    {
        var parts = new AckParts();
        var target = parts.Attach(Phone);
        parts.Publish();
        parts.Book.Detach(Phone, target);

        var escalations = PassAll(parts);

        Assert.Equal([(Phone, 8, "unacknowledged")], escalations.Select(e => (e.Consumer!.Value, e.Attempts, e.Reason)));
        Assert.Empty(target.Again);
    }

    [Fact]
    public void Tick_escalates_a_frame_that_no_consumer_was_there_for_after_the_last_retry_once()
    {
        var parts = new AckParts();
        var frame = parts.Publish();

        Assert.Equal([new Escalation(frame.Envelope!, null, 8, "unacknowledged")], PassAll(parts));
        Assert.Empty(PassAll(parts));
    }

    [Fact]
    public void Tick_leaves_a_frame_to_the_consumer_that_starts_before_it()
    {
        var parts = new AckParts();
        parts.Publish(2);
        parts.Book.Attach(Phone, null, new RecordingTarget(), served: 1);

        Assert.Equal([(1, (ConsumerKey?)null), (2, Phone)], PassAll(parts).Select(e => (e.Frame.Sequence, e.Consumer)).Order());
    }

    [Fact]
    public void Tick_escalates_once_for_each_consumer()
    {
        var parts = new AckParts();
        parts.Attach(Phone);
        parts.Attach(AckParts.Consumer("desk"));
        parts.Publish();

        Assert.Equal(["desk", "phone"], PassAll(parts).Select(e => e.Consumer!.Value.Name).Order());
    }

    [Fact]
    public void Tick_escalates_the_oldest_when_too_many_wait_and_drops_them()
    {
        var parts = new AckParts(new AckOptions { MaxUnacknowledged = 3 });
        parts.Attach(Phone);
        parts.Publish(5);

        var escalations = parts.Pass(TimeSpan.Zero);

        Assert.Equal([(1, "overflow"), (2, "overflow")], escalations.Select(e => (e.Frame.Sequence, e.Reason)));
        Assert.Equal(3, parts.Book.Acknowledge(Phone, []).Unacknowledged);
        Assert.Empty(parts.Pass(TimeSpan.Zero));
    }

    [Fact]
    public void Attach_again_sends_at_once_what_was_sent_and_still_waits()
    {
        var parts = new AckParts();
        var first = parts.Attach(Phone);
        parts.Publish(5);
        parts.Book.Acknowledge(Phone, [2]);
        parts.Book.Detach(Phone, first);

        var second = new RecordingTarget();
        var unacknowledged = parts.Book.Attach(Phone, null, second, served: 4);

        Assert.Equal([1, 3, 4], second.Offsets);
        Assert.Equal(3, unacknowledged);
        Assert.Empty(first.Again);
    }

    [Fact]
    public void Attach_again_does_not_send_what_was_escalated_but_it_can_be_acknowledged()
    {
        var parts = new AckParts();
        var first = parts.Attach(Phone);
        parts.Publish();
        PassAll(parts);
        parts.Book.Detach(Phone, first);

        var second = new RecordingTarget();

        Assert.Equal(0, parts.Book.Attach(Phone, null, second, served: 1));
        Assert.Empty(second.Again);
        Assert.Equal([1], parts.Book.Acknowledge(Phone, [1]).Acknowledged);
    }

    [Fact]
    public void Tick_forgets_a_consumer_24_hours_after_its_last_connection()
    {
        var parts = new AckParts();
        var target = parts.Attach(Phone);
        parts.Publish();
        parts.Pass(TimeSpan.FromHours(30));
        parts.Book.Detach(Phone, target);

        parts.Pass(TimeSpan.FromHours(24) - Tick);
        Assert.Equal(1, parts.Book.Acknowledge(Phone, []).Unacknowledged);

        parts.Pass(Tick);
        Assert.Equal([1], parts.Book.Acknowledge(Phone, [1]).Unknown);
    }

    [Fact]
    public void Attach_of_a_forgotten_consumer_starts_anew()
    {
        var parts = new AckParts(new AckOptions { MaxConsumersPerUser = 1 });
        parts.Book.Detach(Phone, parts.Attach(Phone));
        parts.Pass(TimeSpan.FromHours(24));

        Assert.Equal(0, parts.Book.Attach(AckParts.Consumer("desk"), null, new RecordingTarget(), 0));
    }

    private static List<Escalation> PassAll(AckParts parts)
    {
        var escalations = new List<Escalation>();
        for (var i = 0; i < 200; i++)
        {
            escalations.AddRange(parts.Pass(TimeSpan.FromSeconds(1)));
        }

        return escalations;
    }
}
