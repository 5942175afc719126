using RealtimeHub.Engine.Acks;
using RealtimeHub.Engine.Filters;

namespace RealtimeHub.Tests.Engine.Acks;

/// <summary>Who owes what, and what an acknowledgement does.</summary>
public class AckBookTests
{
    private static readonly ConsumerKey Phone = AckParts.Consumer();
    private static readonly ConsumerKey Desk = AckParts.Consumer("desk");

    private readonly AckParts _parts = new();

    [Fact]
    public void Acknowledge_settles_frames_one_by_one_and_never_those_before()
    {
        _parts.Attach(Phone);
        _parts.Publish(5);

        var outcome = _parts.Book.Acknowledge(Phone, [4]);

        Assert.Equal([4], outcome.Acknowledged);
        Assert.Empty(outcome.Unknown);
        Assert.Equal((0, 4), (outcome.Floor, outcome.Unacknowledged));
    }

    [Fact]
    public void Acknowledge_raises_the_floor_to_right_below_the_first_frame_that_waits()
    {
        _parts.Attach(Phone);
        _parts.Publish(2);
        _parts.Publish(requiresAck: false);
        _parts.Publish(2);

        Assert.Equal(0, _parts.Book.Acknowledge(Phone, [2]).Floor);
        Assert.Equal(3, _parts.Book.Acknowledge(Phone, [1]).Floor);
        Assert.Equal((5, 0), (_parts.Book.Acknowledge(Phone, [5, 4]).Floor, _parts.Book.Acknowledge(Phone, []).Unacknowledged));
    }

    [Fact]
    public void P320_other_nodes_are_told_what_is_acknowledged_one_by_one_or_up_to_a_frame()
    {
        _parts.Attach(Phone);
        _parts.Publish(4);
        var told = new List<AckNote>();
        _parts.Book.Tell = told.Add;

        _parts.Book.Acknowledge(Phone, [2]);
        _parts.Book.AcknowledgeUpTo(Phone, 3);
        _parts.Book.AcknowledgeUpTo(Phone, 3);

        Assert.Equal([[2], [1, 3]], told.Select(n => n.Acknowledged!));
    }

    [Fact]
    public void Acknowledge_again_counts_as_acknowledged()
    {
        _parts.Attach(Phone);
        _parts.Publish(2);
        _parts.Book.Acknowledge(Phone, [1]);

        var outcome = _parts.Book.Acknowledge(Phone, [1, 1, 2]);

        Assert.Equal([1, 1, 2], outcome.Acknowledged);
        Assert.Equal((2, 0), (outcome.Floor, outcome.Unacknowledged));
    }

    [Fact]
    public void Acknowledge_names_what_this_consumer_does_not_owe()
    {
        _parts.Publish(2);
        _parts.Attach(Phone);
        _parts.Publish();
        _parts.Publish(requiresAck: false);

        var outcome = _parts.Book.Acknowledge(Phone, [2, 3, 4, 5, 0, -1, long.MaxValue]);

        Assert.Equal([3], outcome.Acknowledged);
        Assert.Equal([2, 4, 5, 0, -1, long.MaxValue], outcome.Unknown);
    }

    [Fact]
    public void Acknowledge_of_an_unknown_consumer_knows_nothing()
    {
        _parts.Publish(2);

        Assert.Equal([1, 2], _parts.Book.Acknowledge(Phone, [1, 2]).Unknown);
    }

    [Fact]
    public void Acknowledge_settles_a_frame_that_the_log_has_dropped()
    {
        var parts = new AckParts(maxFrames: 2);
        parts.Attach(Phone);
        parts.Publish(5);

        var outcome = parts.Book.Acknowledge(Phone, [1]);

        Assert.Equal([1], outcome.Acknowledged);
        Assert.Equal(4, outcome.Unacknowledged);
    }

    [Fact]
    public void Acknowledge_counts_for_its_own_consumer_alone()
    {
        var (phone, desk) = (_parts.Attach(Phone), _parts.Attach(Desk));
        _parts.Publish();

        _parts.Book.Acknowledge(Phone, [1]);
        _parts.Pass(TimeSpan.FromSeconds(2));

        Assert.Empty(phone.Again);
        Assert.Equal([1], desk.Offsets);
        Assert.Equal(1, _parts.Book.Acknowledge(Desk, []).Unacknowledged);
    }

    [Fact]
    public void OnAppended_books_only_what_the_consumer_wants()
    {
        _parts.Book.Attach(Phone, Only("alert.*"), new RecordingTarget(), 0);
        _parts.Publish(type: "alert.created");
        _parts.Publish(type: "camera.offline");

        Assert.Equal(1, _parts.Book.Acknowledge(Phone, []).Unacknowledged);
        Assert.Equal([2], _parts.Book.Acknowledge(Phone, [2]).Unknown);

        _parts.Book.Refilter(Phone, Only("camera.*"));
        _parts.Publish(type: "alert.created");
        _parts.Publish(type: "camera.offline");

        Assert.Equal([1, 4], _parts.Book.Acknowledge(Phone, [1, 4]).Acknowledged);
        Assert.Equal(0, _parts.Book.Acknowledge(Phone, []).Unacknowledged);
    }

    [Fact]
    public void OnAppended_after_a_consumer_has_claimed_the_frame_books_it_once()
    {
        // The frame is in the log before it is booked; a consumer that starts before it finds it there.
        var frame = _parts.Channel.Append(TestEnvelopes.Envelope(requiresAck: true));
        _parts.Book.Attach(Phone, null, new RecordingTarget(), served: 0);

        _parts.Book.OnAppended(frame);

        Assert.Equal(1, _parts.Book.Acknowledge(Phone, []).Unacknowledged);
    }

    [Fact]
    public void OnAppended_after_a_consumer_has_started_behind_the_frame_does_not_make_it_owe_it()
    {
        var frame = _parts.Channel.Append(TestEnvelopes.Envelope(requiresAck: true));
        var target = _parts.Attach(Phone);

        _parts.Book.OnAppended(frame);
        _parts.Pass(TimeSpan.FromSeconds(2));

        Assert.Empty(target.Again);
        Assert.Equal(0, _parts.Book.Acknowledge(Phone, []).Unacknowledged);
    }

    [Fact]
    public void Attach_from_an_earlier_position_owes_what_is_kept_from_there()
    {
        _parts.Publish(3);
        _parts.Publish(requiresAck: false);

        _parts.Book.Attach(Phone, null, new RecordingTarget { Served = 1 }, served: 1);

        var outcome = _parts.Book.Acknowledge(Phone, [1, 2, 4]);
        Assert.Equal([2], outcome.Acknowledged);
        Assert.Equal([1, 4], outcome.Unknown);
        Assert.Equal((2, 1), (outcome.Floor, outcome.Unacknowledged));
    }

    [Fact]
    public void Attach_refuses_one_consumer_of_a_user_too_many()
    {
        var parts = new AckParts(new AckOptions { MaxConsumersPerUser = 2 });
        parts.Attach(Phone);
        parts.Attach(Desk);

        Assert.Null(parts.Book.Attach(AckParts.Consumer("third"), null, new RecordingTarget(), 0));

        Assert.NotNull(parts.Book.Attach(Phone, null, new RecordingTarget(), 0));
        Assert.NotNull(parts.Book.Attach(AckParts.Consumer("third", "u2"), null, new RecordingTarget(), 0));
    }

    private static FrameFilter Only(string pattern) =>
        new([EventPattern.TryParse(pattern, out var parsed) ? parsed : throw new ArgumentException(pattern)], null);
}
