using RealtimeHub.Engine.Cursors;

namespace RealtimeHub.Tests.Engine.Cursors;

/// <summary>Cursors that stall and go on while frames are appended and dropped.</summary>
public class SlowConsumerRulesStoryTests
{
    [Theory]
    [InlineData(SlowConsumerPolicy.DropOldest)]
    [InlineData(SlowConsumerPolicy.DropNewest)]
    [InlineData(SlowConsumerPolicy.Sample)]
    [InlineData(SlowConsumerPolicy.Conflate)]
    [InlineData(SlowConsumerPolicy.Lossless)]
    public void Next_accounts_for_every_frame_once_and_ends_at_the_newest(SlowConsumerPolicy policy) =>
        Properties.Hold(RuleCases.Stories, story =>
        {
            var index = new PlainLagIndex();

            var run = story.Tell(policy, index);

            var accounted = run.Delivered.Select(o => (From: o, To: o)).Concat(run.PassedOver.Select(p => (p.From, p.To))).OrderBy(r => r.From).ToList();
            var next = 1L;
            foreach (var (from, to) in accounted)
            {
                Assert.Equal(next, from);
                next = to + 1;
            }

            Assert.Equal(index.Newest + 1, next);
            Assert.Equal(run.Delivered.Order(), run.Delivered);
        });

    [Fact]
    public void Next_of_lossless_loses_only_what_the_log_has_dropped() =>
        Properties.Hold(RuleCases.Stories, story =>
        {
            var index = new PlainLagIndex();

            var run = story.Tell(SlowConsumerPolicy.Lossless, index);

            Assert.All(run.PassedOver, p => Assert.True(p.Kind is StepKind.LoseExpired && p.To < index.OldestKept, p.ToString()));
        });

    [Fact]
    public void Next_of_conflate_never_skips_the_newest_of_a_key() =>
        Properties.Hold(RuleCases.Stories, story =>
        {
            var index = new PlainLagIndex();

            var run = story.Tell(SlowConsumerPolicy.Conflate, index);

            foreach (var (_, from, to) in run.PassedOver.Where(p => p.Kind is StepKind.SkipConflated))
            {
                for (var offset = from; offset <= to; offset++)
                {
                    var key = index.Key(offset);
                    Assert.NotNull(key);
                    Assert.Contains(Enumerable.Range((int)offset + 1, (int)(index.Newest - offset)), later => index.Key(later) == key);
                }
            }
        });

    [Fact]
    public void Next_of_drop_oldest_loses_as_much_as_is_needed_to_be_within_the_limits_and_no_more() =>
        Properties.Hold(RuleCases.Stories, story =>
        {
            var index = new PlainLagIndex();

            story.Tell(SlowConsumerPolicy.DropOldest, index, run =>
            {
                var booked = run.PassedOver.Count;
                if (!run.Step() || run.PassedOver.Count == booked || run.PassedOver[^1].Kind is not StepKind.LoseOldest)
                {
                    return;
                }

                Assert.False(story.Limits.AreExceeded(run.Served, index));
                Assert.True(story.Limits.AreExceeded(run.Served - 1, index));
            });
        });

    [Fact]
    public void Next_of_disconnect_never_passes_over_a_kept_frame() =>
        Properties.Hold(RuleCases.Stories, story =>
        {
            var index = new PlainLagIndex();

            var run = story.Tell(SlowConsumerPolicy.Disconnect, index);

            Assert.All(run.PassedOver, p => Assert.True(p.Kind is StepKind.LoseExpired && p.To < index.OldestKept, p.ToString()));
            Assert.True(run.IsDisconnected || run.Served == index.Newest);
        });

    [Fact]
    public void Next_of_disconnect_passes_over_two_frames_that_are_no_longer_kept()
    {
        // What is too old is dropped although nobody lags beyond a limit.
        var index = PlainLagIndex.Of([(1, null), (1, null), (1, null)]);
        index.OldestKept = 4;

        var step = SlowConsumerRules.Next(SlowConsumerPolicy.Disconnect, served: 1, holdEnd: 0, LagLimits.Default, index);

        Assert.Equal(new CursorStep(StepKind.LoseExpired, 3), step);
    }

    [Fact]
    public void Next_of_drop_newest_holds_again_after_it_has_lost()
    {
        var index = PlainLagIndex.Of(Enumerable.Repeat((1, (string?)null), 10));
        var run = new RuleRun(SlowConsumerPolicy.DropNewest, new LagLimits(4, long.MaxValue), index).Drain();
        for (var i = 0; i < 10; i++)
        {
            index.Append(1);
        }

        run.Drain();

        Assert.Equal([1, 2, 3, 4, 11, 12, 13, 14], run.Delivered);
        Assert.Equal([(StepKind.LoseNewest, 5, 10), (StepKind.LoseNewest, 15, 20)], run.PassedOver);
    }

    [Fact]
    public void Next_of_drop_newest_loses_what_came_while_it_delivered_what_was_held()
    {
        var index = PlainLagIndex.Of(Enumerable.Repeat((1, (string?)null), 10));
        var run = new RuleRun(SlowConsumerPolicy.DropNewest, new LagLimits(4, long.MaxValue), index);
        run.Step();
        for (var i = 0; i < 5; i++)
        {
            index.Append(1);
        }

        run.Drain();

        Assert.Equal([1, 2, 3, 4], run.Delivered);
        Assert.Equal([(StepKind.LoseNewest, 5, 15)], run.PassedOver);
    }
}
