using RealtimeHub.Client.Accounting;
using RealtimeHub.Protocol.Channels;
using RealtimeHub.Protocol.Notices;

namespace RealtimeHub.Tests.Client.Accounting;

public class CoverageTests
{
    private readonly Coverage _coverage = new();

    [Fact]
    public void Book_counts_a_frame_once()
    {
        Start("a", 0);

        Assert.True(_coverage.Book(Frame("a", 1)));
        Assert.False(_coverage.Book(Frame("a", 1)));

        Assert.Equal(1, _coverage.Totals().Received);
        Assert.Equal(1, _coverage.Totals().Duplicates);
    }

    [Fact]
    public void Supersede_books_what_did_not_come_as_conflated_and_nothing_is_missing()
    {
        Start("a", 0);
        Receive("a", 1, 3);

        _coverage.Supersede("a", 5);
        _coverage.Confirm("a", 5, 5);

        Assert.Equal(new StreamPosition("a", 5), _coverage.AccountedUpTo);
        Assert.Equal((3, 0), (_coverage.Totals().Skipped[SkipReasons.Conflated], _coverage.Totals().Missing));
    }

    [Fact]
    public void AccountedUpTo_stops_before_a_hole_that_nobody_explained()
    {
        Start("a", 0);

        Receive("a", 1, 2, 4);

        Assert.Equal(new StreamPosition("a", 2), _coverage.AccountedUpTo);
        Assert.Equal(OffsetState.Pending, _coverage.StateOf(3));
    }

    [Fact]
    public void AccountedUpTo_passes_a_late_skip()
    {
        Start("a", 0);
        Receive("a", 1, 4);

        _coverage.Book(new Skipped("c", "a", 2, 3, 2, SkipReasons.Filtered));

        Assert.Equal(new StreamPosition("a", 4), _coverage.AccountedUpTo);
        Assert.Equal(OffsetState.Skipped, _coverage.StateOf(3));
    }

    [Fact]
    public void AccountedUpTo_waits_for_the_second_of_two_overlapping_skips()
    {
        Start("a", 0);
        Receive("a", 1, 5);

        _coverage.Book(new Skipped("c", "a", 2, 4, 2, SkipReasons.Filtered));
        Assert.Equal(1, _coverage.AccountedUpTo!.Value.Offset);
        _coverage.Book(new Skipped("c", "a", 3, 3, 1, SkipReasons.Conflated));

        Assert.Equal(5, _coverage.AccountedUpTo!.Value.Offset);
        Assert.Equal(2, _coverage.Totals().Skipped[SkipReasons.Filtered]);
        Assert.Equal(1, _coverage.Totals().Skipped[SkipReasons.Conflated]);
    }

    [Fact]
    public void Confirm_makes_an_unexplained_hole_missing()
    {
        Start("a", 0);
        Receive("a", 1, 3);

        _coverage.Confirm("a", 3, 3);

        Assert.Equal([new OffsetRange(2, 2)], _coverage.Ranges(OffsetState.Missing));
        Assert.False(_coverage.IsComplete);
    }

    [Fact]
    public void Confirm_finds_a_skip_that_explains_too_little()
    {
        Start("a", 0);
        Receive("a", 5);
        _coverage.Book(new Skipped("c", "a", 1, 4, 3, SkipReasons.Filtered));

        _coverage.Confirm("a", 5, 5);

        Assert.Equal(1, _coverage.Totals().Missing);
    }

    [Fact]
    public void Book_of_a_lost_frame_that_comes_after_all_makes_it_received()
    {
        Start("a", 0);
        _coverage.Book(new Gap("c", "a", 1, 3, 3, GapReasons.Expired));

        Receive("a", 2);

        Assert.Equal(2, _coverage.Totals().Lost[GapReasons.Expired]);
        Assert.Equal(1, _coverage.Totals().Received);
    }

    [Fact]
    public void Book_of_a_new_epoch_starts_new_books_and_keeps_the_old_totals()
    {
        Start("a", 0);
        Receive("a", 1, 2);

        Start("b", 7, RecoveryReasons.EpochChanged);
        Receive("b", 8);
        Receive("a", 3);

        Assert.Equal(new StreamPosition("b", 8), _coverage.AccountedUpTo);
        Assert.Equal(3, _coverage.Totals().Received);
        Assert.Equal(1, _coverage.Totals().EpochChanges);
    }

    [Fact]
    public void Book_of_a_future_position_lets_the_reused_offsets_in_again()
    {
        Start("a", 0);
        Receive("a", 1, 2, 3);

        Start("a", 1, RecoveryReasons.Future);

        Assert.True(_coverage.Book(Frame("a", 2)));
    }

    [Fact]
    public void Book_of_a_start_ahead_with_a_reason_counts_the_offsets_between_as_lost()
    {
        Start("a", 0);
        Receive("a", 1);

        Start("a", 5, RecoveryReasons.PolicyChanged);

        Assert.Equal(4, _coverage.Totals().Lost[RecoveryReasons.PolicyChanged]);
        Assert.Equal(5, _coverage.AccountedUpTo!.Value.Offset);
    }

    [Fact]
    public void Book_of_a_start_ahead_without_a_reason_leaves_late_skips_their_time()
    {
        Start("a", 0);
        Receive("a", 1);

        Start("a", 5);
        _coverage.Book(new Skipped("c", "a", 2, 5, 4, SkipReasons.Filtered));

        Assert.Equal(0, _coverage.Totals().LostCount);
        Assert.Equal(5, _coverage.AccountedUpTo!.Value.Offset);
    }

    [Fact]
    public void Book_takes_a_frame_from_before_the_start_once()
    {
        Start("a", 10);

        Assert.True(_coverage.Book(Frame("a", 4)));
        Assert.False(_coverage.Book(Frame("a", 4)));
        Assert.Equal(10, _coverage.AccountedUpTo!.Value.Offset);
    }

    [Fact]
    public void Receive_folds_old_ranges_and_still_knows_them()
    {
        var ledger = new EpochLedger("a", 0, maxRanges: 8);

        for (var offset = 1; offset <= 99; offset += 2)
        {
            ledger.Receive(offset);
            ledger.Skip(offset + 1, offset + 1, 1, SkipReasons.Filtered);
        }

        Assert.True(ledger.Ranges(OffsetState.Received).Count <= 8);
        Assert.Equal(50, ledger.Totals().Received);
        Assert.Equal(100, ledger.AccountedUpTo);
        Assert.Equal(OffsetState.Folded, ledger.StateOf(1));
        Assert.False(ledger.Receive(1));
    }

    private void Start(string epoch, long sequence, string? reason = null) =>
        _coverage.Book(new Subscribed { Id = "s", Channel = "c", Epoch = epoch, Sequence = sequence, Reason = reason });

    private void Receive(string epoch, params long[] offsets)
    {
        foreach (var offset in offsets)
        {
            _coverage.Book(Frame(epoch, offset));
        }
    }

    private static FrameEnvelope Frame(string epoch, long offset) => new()
    {
        Type = "t",
        Channel = "c",
        Epoch = epoch,
        Sequence = offset,
        EventId = $"{offset}",
        Timestamp = DateTimeOffset.UnixEpoch,
    };
}
