namespace RealtimeHub.Tests.Engine.Channels;

/// <summary>Event ids and conflation keys in the log.</summary>
public class ChannelLogKeysTests
{
    private readonly EngineParts _parts = new();

    [Fact]
    public void Append_answers_a_kept_event_id_with_the_earlier_frame()
    {
        var log = _parts.Log(deduplicates: true);
        var first = log.Append(TestEnvelopes.Envelope(eventId: "a"));
        log.Append(TestEnvelopes.Envelope(eventId: "b"));

        var again = log.Append("test", "Test", TestEnvelopes.Envelope(eventId: "a"), out var duplicate);

        Assert.True(duplicate);
        Assert.Same(first, again);
        Assert.Equal(2, log.Newest);
        Assert.True(log.Holds("a"));
    }

    [Fact]
    public void Append_takes_an_event_id_again_once_its_frame_is_gone()
    {
        var log = _parts.Log(maxFrames: 2, deduplicates: true);
        log.Append(TestEnvelopes.Envelope(eventId: "a"));
        log.AppendMany(2);
        Assert.False(log.Holds("a"));

        var again = log.Append("test", "Test", TestEnvelopes.Envelope(eventId: "a"), out var duplicate);

        Assert.False(duplicate);
        Assert.Equal(4, again.Offset);
        Assert.True(log.Holds("a"));
    }

    [Fact]
    public void Append_looks_up_no_event_ids_unless_told_to()
    {
        var log = _parts.Log();
        log.Append(TestEnvelopes.Envelope(eventId: "a"));

        log.Append("test", "Test", TestEnvelopes.Envelope(eventId: "a"), out var duplicate);

        Assert.False(duplicate);
        Assert.False(log.Holds("a"));
        Assert.Equal(2, log.Newest);
    }

    [Fact]
    public void SupersededAt_is_the_next_newer_frame_with_the_same_key()
    {
        var log = _parts.Log();
        foreach (var key in new[] { "a", "b", "a", null, "a", "b" })
        {
            log.Append(TestEnvelopes.Envelope(key: key));
        }

        Assert.Equal([3, 6, 5, 0, 0, 0], Enumerable.Range(1, 6).Select(o => log.TryGet(o)!.SupersededAt));
    }

    [Fact]
    public void IsSuperseded_looks_no_further_than_asked()
    {
        var log = _parts.Log();
        foreach (var key in new[] { "a", "b", "a" })
        {
            log.Append(TestEnvelopes.Envelope(key: key));
        }

        Assert.False(log.IsSuperseded(1, upTo: 2));
        Assert.True(log.IsSuperseded(1, upTo: 3));
        Assert.False(log.IsSuperseded(2, upTo: 3));
        Assert.False(log.IsSuperseded(99, upTo: 100));
    }

    [Fact]
    public void SupersededAt_is_set_although_a_frame_between_was_dropped()
    {
        var log = _parts.Log(maxFrames: 2);

        foreach (var key in new[] { "a", "b", "c", "a", "b", "b" })
        {
            log.Append(TestEnvelopes.Envelope(key: key));
        }

        Assert.Equal([6, 0], Enumerable.Range(5, 2).Select(o => log.TryGet(o)!.SupersededAt));
    }
}
