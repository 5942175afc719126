using RealtimeHub.Engine.Channels;
using RealtimeHub.Protocol.Channels;
using RealtimeHub.Protocol.Notices;

namespace RealtimeHub.Tests.Engine.Channels;

public class StartResolutionTests
{
    private readonly EngineParts _parts = new();

    [Fact]
    public void Of_live_starts_after_the_newest()
    {
        var log = Log(appended: 10, kept: 5);

        Assert.Equal(new StartResolution(log.Epoch, 10, false, null, false), log.Resolve(StartPoint.Live, startsWithNewest: false));
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(1, 0)]
    [InlineData(10, 9)]
    public void Of_live_starts_with_the_newest_frame_where_that_is_the_state(int appended, long served)
    {
        var log = Log(appended, kept: 5);

        Assert.Equal(served, log.Resolve(StartPoint.Live, startsWithNewest: true).Served);
    }

    [Fact]
    public void Of_live_starts_after_the_newest_when_the_state_is_no_longer_kept()
    {
        var log = Log(appended: 3, kept: 5);
        _parts.Clock.Advance(TimeSpan.FromDays(2));
        log.Trim();

        Assert.Equal(3, log.Resolve(StartPoint.Live, startsWithNewest: true).Served);
    }

    [Theory]
    [InlineData(7, "in the middle")]
    [InlineData(10, "nothing missed")]
    [InlineData(5, "right before the oldest kept")]
    public void Of_a_position_recovers_when_all_after_it_is_kept(long offset, string because)
    {
        var log = Log(appended: 10, kept: 5);

        var resolution = From(log, offset);

        Assert.True(resolution == new StartResolution(log.Epoch, offset, true, null, false), because);
    }

    [Theory]
    [InlineData(4)]
    [InlineData(0)]
    public void Of_a_position_before_the_kept_frames_is_expired_and_stays_there_for_the_gap(long offset)
    {
        var log = Log(appended: 10, kept: 5);

        Assert.Equal(new StartResolution(log.Epoch, offset, false, RecoveryReasons.Expired, false), From(log, offset));
    }

    [Fact]
    public void Of_a_position_beyond_the_newest_is_future_and_goes_live()
    {
        var log = Log(appended: 10, kept: 5);

        Assert.Equal(new StartResolution(log.Epoch, 10, false, RecoveryReasons.Future, false), From(log, 11));
        Assert.Equal(9, From(log, 11, startsWithNewest: true).Served);
    }

    [Fact]
    public void Of_a_position_in_another_epoch_goes_live_whatever_its_offset()
    {
        var log = Log(appended: 10, kept: 5);

        var start = new StartPoint(new StreamPosition("another-epoch", 7));

        Assert.Equal(new StartResolution(log.Epoch, 10, false, RecoveryReasons.EpochChanged, false), log.Resolve(start, startsWithNewest: false));
        Assert.Equal(9, log.Resolve(start, startsWithNewest: true).Served);
    }

    [Fact]
    public void Of_the_start_position_of_an_empty_log_recovers()
    {
        var log = Log(appended: 0, kept: 5);

        Assert.Equal(new StartResolution(log.Epoch, 0, true, null, false), From(log, 0));
    }

    [Fact]
    public void Of_the_newest_position_recovers_though_all_frames_are_gone()
    {
        var log = Log(appended: 10, kept: 5);
        _parts.Clock.Advance(TimeSpan.FromDays(2));
        log.Trim();

        Assert.True(From(log, 10).Recovered);
        Assert.Equal(RecoveryReasons.Expired, From(log, 9).Reason);
    }

    [Theory]
    [InlineData(0, 10, false)]
    [InlineData(3, 7, false)]
    [InlineData(5, 5, false)]
    [InlineData(6, 5, true)]
    [InlineData(int.MaxValue, 5, true)]
    public void Of_last_starts_that_many_frames_back_or_is_clamped(int last, long served, bool clamped)
    {
        var log = Log(appended: 10, kept: 5);

        Assert.Equal(new StartResolution(log.Epoch, served, false, null, clamped), log.Resolve(new StartPoint(Last: last), false));
    }

    [Fact]
    public void Of_last_is_not_clamped_when_all_there_ever_was_is_kept()
    {
        var log = Log(appended: 3, kept: 5);

        Assert.Equal(new StartResolution(log.Epoch, 0, false, null, false), log.Resolve(new StartPoint(Last: 100), false));
    }

    [Theory]
    [InlineData(6, 5, false)]
    [InlineData(7, 6, false)]
    [InlineData(10, 9, false)]
    [InlineData(11, 10, false)]
    [InlineData(5, 5, true)]
    [InlineData(0, 5, true)]
    public void Of_since_starts_with_the_first_frame_of_that_time_or_is_clamped(int second, long served, bool clamped)
    {
        // Frame n is appended at second n; 6 to 10 are kept.
        var start = _parts.Clock.GetUtcNow();
        var log = _parts.Log(maxFrames: 5);
        for (var i = 0; i < 10; i++)
        {
            _parts.Clock.Advance(TimeSpan.FromSeconds(1));
            log.Append();
        }

        var resolution = log.Resolve(new StartPoint(Since: start.AddSeconds(second)), startsWithNewest: false);

        Assert.Equal(new StartResolution(log.Epoch, served, false, null, clamped), resolution);
    }

    [Fact]
    public void Of_since_is_clamped_with_no_frame_left_only_if_one_of_that_time_was_dropped()
    {
        var log = Log(appended: 10, kept: 5);
        var appendedAt = _parts.Clock.GetUtcNow();
        _parts.Clock.Advance(TimeSpan.FromDays(2));
        log.Trim();

        Assert.True(log.Resolve(new StartPoint(Since: appendedAt), false).Clamped);
        Assert.False(log.Resolve(new StartPoint(Since: appendedAt.AddSeconds(1)), false).Clamped);
    }

    [Fact]
    public void Of_since_starts_with_the_first_of_several_frames_of_one_time()
    {
        var log = Log(appended: 3, kept: 10);
        _parts.Clock.Advance(TimeSpan.FromSeconds(1));
        log.AppendMany(3);

        Assert.Equal(3, log.Resolve(new StartPoint(Since: _parts.Clock.GetUtcNow()), false).Served);
    }

    private ChannelLog Log(int appended, int kept)
    {
        var log = _parts.Log(maxFrames: kept);
        log.AppendMany(appended);
        return log;
    }

    private static StartResolution From(ChannelLog log, long offset, bool startsWithNewest = false) =>
        log.Resolve(new StartPoint(new StreamPosition(log.Epoch, offset)), startsWithNewest);
}
