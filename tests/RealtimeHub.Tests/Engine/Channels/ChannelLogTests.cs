namespace RealtimeHub.Tests.Engine.Channels;

public class ChannelLogTests
{
    private readonly EngineParts _parts = new();

    [Fact]
    public void Append_gives_offsets_from_one_by_one()
    {
        var log = _parts.Log(maxFrames: 4);

        var offsets = Enumerable.Range(0, 100).Select(_ => log.Append().Offset).ToList();

        Assert.Equal(Enumerable.Range(1, 100).Select(i => (long)i), offsets);
        Assert.Equal(100, log.Newest);
    }

    [Fact]
    public void Append_places_the_envelope_in_its_channel_epoch_and_offset()
    {
        var log = _parts.Log();

        var envelope = TestEnvelopes.Envelope(type: "a.b", requiresAck: true, tags: new Dictionary<string, string> { ["k"] = "v" });
        var frame = log.Append("job:1", "Job", envelope, out var duplicate).Envelope!;

        Assert.False(duplicate);
        Assert.Equal(("job:1", log.Epoch, 1), (frame.Channel, frame.Epoch, frame.Sequence));
        Assert.Equal((envelope.Type, envelope.EventId, envelope.Payload, true), (frame.Type, frame.EventId, frame.Payload, frame.RequiresAck));
        Assert.Same(envelope.Tags, frame.Tags);
    }

    [Fact]
    public void Epoch_differs_between_two_lives_and_is_long_enough()
    {
        var epochs = Enumerable.Range(0, 100).Select(_ => _parts.Log().Epoch).ToList();

        Assert.Equal(100, epochs.Distinct().Count());
        Assert.All(epochs, e => Assert.InRange(e.Length, 8, 64));
    }

    [Fact]
    public void Newest_is_zero_and_oldest_kept_one_before_the_first_frame()
    {
        var log = _parts.Log();

        Assert.Equal((0, 1, 0), (log.Newest, log.OldestKept, log.BytesKept));
        Assert.Null(log.TryGet(0));
        Assert.Null(log.TryGet(1));
    }

    [Theory]
    [InlineData(1, 2)]
    [InlineData(2, 2)]
    [InlineData(3, 3)]
    [InlineData(16, 16)]
    [InlineData(17, 17)]
    public void Append_keeps_at_most_the_allowed_frames_but_two_at_least(int maxFrames, int kept)
    {
        var log = _parts.Log(maxFrames);

        log.AppendMany(100);

        Assert.Equal(100 - kept + 1, log.OldestKept);
        Assert.All(Enumerable.Range(101 - kept, kept), o => Assert.Equal(o, log.TryGet(o)!.Offset));
        Assert.All(Enumerable.Range(1, 100 - kept), o => Assert.Null(log.TryGet(o)));
    }

    [Fact]
    public void Append_keeps_at_most_the_allowed_bytes()
    {
        var log = _parts.Log(maxBytes: 4_000);

        for (var i = 0; i < 10; i++)
        {
            log.Append(TestEnvelopes.Envelope(sizeBytes: 1_000));
        }

        Assert.Equal((7, 4_000), (log.OldestKept, log.BytesKept));
    }

    [Fact]
    public void Append_keeps_two_frames_whatever_their_size()
    {
        var log = _parts.Log(maxBytes: 100);

        for (var i = 0; i < 5; i++)
        {
            log.Append(TestEnvelopes.Envelope(sizeBytes: 1_000));
        }

        Assert.Equal((4, 2_000), (log.OldestKept, log.BytesKept));
    }

    [Fact]
    public void Append_drops_several_small_frames_for_a_large_one()
    {
        var log = _parts.Log(maxBytes: 3_000);
        for (var i = 0; i < 6; i++)
        {
            log.Append(TestEnvelopes.Envelope(sizeBytes: 500));
        }

        log.Append(TestEnvelopes.Envelope(sizeBytes: 2_000));

        Assert.Equal((5, 3_000), (log.OldestKept, log.BytesKept));
    }

    [Fact]
    public void Trim_drops_what_is_older_than_allowed()
    {
        var log = _parts.Log(maxAge: TimeSpan.FromMinutes(10));
        log.AppendMany(3);
        _parts.Clock.Advance(TimeSpan.FromMinutes(6));
        log.AppendMany(3);

        _parts.Clock.Advance(TimeSpan.FromMinutes(4));
        log.Trim();
        Assert.Equal(1, log.OldestKept);

        _parts.Clock.Advance(TimeSpan.FromTicks(1));
        log.Trim();
        Assert.Equal(4, log.OldestKept);
    }

    [Fact]
    public void Trim_leaves_the_position_when_no_frame_is_left()
    {
        var log = _parts.Log(maxAge: TimeSpan.FromMinutes(1));
        log.AppendMany(5);
        var position = log.Position;

        _parts.Clock.Advance(TimeSpan.FromHours(1));
        log.Trim();

        Assert.Equal(position, log.Position);
        Assert.Equal((6, 0), (log.OldestKept, log.BytesKept));
        Assert.Equal(6, log.Append().Offset);
        Assert.Equal(6, log.TryGet(6)!.Offset);
    }

    [Fact]
    public void Trim_drops_everything_up_to_an_offset()
    {
        var log = _parts.Log();
        log.AppendMany(10);

        log.Trim(upTo: 4);

        Assert.Equal(5, log.OldestKept);
        Assert.Null(log.TryGet(4));
        Assert.NotNull(log.TryGet(5));
    }

    [Fact]
    public void BytesAfter_counts_the_frames_after_an_offset()
    {
        var log = _parts.Log(maxFrames: 4);
        for (var i = 0; i < 6; i++)
        {
            log.Append(TestEnvelopes.Envelope(sizeBytes: 1_000 + i));
        }

        Assert.Equal([long.MaxValue, 4_014, 3_012, 1_005, 0, 0], new long[] { 1, 2, 3, 5, 6, 9 }.Select(log.BytesAfter));
    }

    [Fact]
    public void Read_gives_kept_frames_oldest_first_or_newest_first()
    {
        var log = _parts.Log(maxFrames: 5);
        log.AppendMany(10);

        Assert.Equal([6, 7, 8], log.Read(1, 3, descending: false).Select(f => f.Offset));
        Assert.Equal([9, 10], log.Read(9, 100, descending: false).Select(f => f.Offset));
        Assert.Equal([10, 9, 8], log.Read(long.MaxValue, 3, descending: true).Select(f => f.Offset));
        Assert.Equal([7, 6], log.Read(7, 100, descending: true).Select(f => f.Offset));
        Assert.Empty(log.Read(5, 100, descending: true));
    }

    [Fact]
    public void TryGet_and_BytesAfter_allocate_nothing()
    {
        var log = _parts.Log();
        log.AppendMany(100);

        var bytes = Allocations.OfThousand(() => _ = log.TryGet(50)!.Offset + log.BytesAfter(50));

        Assert.Equal(0, bytes);
    }

    [Fact]
    public void End_sets_the_end_at_the_newest_frame()
    {
        var log = _parts.Log();
        log.AppendMany(3);
        Assert.Equal(long.MaxValue, log.EndOffset);

        log.End();

        Assert.Equal(3, log.EndOffset);
    }
}
