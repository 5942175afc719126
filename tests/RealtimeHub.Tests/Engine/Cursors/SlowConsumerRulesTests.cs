using System.Numerics;
using RealtimeHub.Engine.Cursors;

namespace RealtimeHub.Tests.Engine.Cursors;

/// <summary>A cursor that has stood still over a whole backlog, against the queue that it stands for.</summary>
public class SlowConsumerRulesTests
{
    [Theory]
    [InlineData(SlowConsumerPolicy.DropOldest)]
    [InlineData(SlowConsumerPolicy.DropNewest)]
    [InlineData(SlowConsumerPolicy.Sample)]
    [InlineData(SlowConsumerPolicy.Conflate)]
    [InlineData(SlowConsumerPolicy.Disconnect)]
    [InlineData(SlowConsumerPolicy.Lossless)]
    public void Next_delivers_everything_in_order_within_the_limits(SlowConsumerPolicy policy) =>
        Properties.Hold(RuleCases.Backlogs, backlog =>
        {
            var run = new RuleRun(policy, new LagLimits(backlog.Frames.Length, long.MaxValue), backlog.Index()).Drain();

            Assert.Equal(All(backlog), run.Delivered);
        });

    [Theory]
    [InlineData(SlowConsumerPolicy.DropOldest)]
    [InlineData(SlowConsumerPolicy.DropNewest)]
    [InlineData(SlowConsumerPolicy.Sample)]
    [InlineData(SlowConsumerPolicy.Conflate)]
    [InlineData(SlowConsumerPolicy.Disconnect)]
    public void Next_lets_two_frames_wait_whatever_the_limits(SlowConsumerPolicy policy)
    {
        var index = PlainLagIndex.Of([(1 << 30, "a"), (1 << 30, "a")]);

        var run = new RuleRun(policy, new LagLimits(1, 1), index).Drain();

        Assert.Equal([1, 2], run.Delivered);
    }

    [Fact]
    public void Next_of_lossless_delivers_every_frame_however_far_behind() =>
        Properties.Hold(RuleCases.Backlogs, backlog =>
        {
            var run = new RuleRun(SlowConsumerPolicy.Lossless, backlog.Limits, backlog.Index()).Drain();

            Assert.Equal(All(backlog), run.Delivered);
        });

    [Fact]
    public void Next_of_drop_oldest_leaves_what_a_queue_that_drops_its_head_would_hold() =>
        Properties.Hold(RuleCases.Backlogs, backlog =>
        {
            var queue = new Queue<long>();
            var index = backlog.Index();
            foreach (var offset in All(backlog))
            {
                queue.Enqueue(offset);
            }

            while (queue.Count > 2 && (queue.Count > backlog.Limits.Frames || queue.Sum(index.Size) > backlog.Limits.Bytes))
            {
                queue.Dequeue();
            }

            var run = new RuleRun(SlowConsumerPolicy.DropOldest, backlog.Limits, index).Drain();

            Assert.Equal(queue, run.Delivered);
            Assert.All(run.PassedOver, p => Assert.Equal(StepKind.LoseOldest, p.Kind));
            Assert.InRange(run.PassedOver.Count, 0, 1);
        });

    [Fact]
    public void Next_of_drop_newest_delivers_what_a_queue_that_refuses_when_full_would_hold() =>
        Properties.Hold(RuleCases.Backlogs, backlog =>
        {
            var index = backlog.Index();
            var queue = new List<long>();
            if (backlog.IsOver)
            {
                foreach (var offset in All(backlog))
                {
                    if (queue.Count >= 2 && (queue.Count >= backlog.Limits.Frames || queue.Append(offset).Sum(index.Size) > backlog.Limits.Bytes))
                    {
                        break;
                    }

                    queue.Add(offset);
                }
            }
            else
            {
                queue.AddRange(All(backlog));
            }

            var run = new RuleRun(SlowConsumerPolicy.DropNewest, backlog.Limits, index).Drain();

            Assert.Equal(queue, run.Delivered);
            Assert.Equal(
                queue.Count == backlog.Frames.Length ? [] : [(StepKind.LoseNewest, queue.Count + 1L, index.Newest)],
                run.PassedOver);
        });

    [Fact]
    public void Next_of_sample_delivers_the_newest_and_about_every_nth() =>
        Properties.Hold(RuleCases.Backlogs, backlog =>
        {
            var run = new RuleRun(SlowConsumerPolicy.Sample, backlog.Limits, backlog.Index()).Drain();

            if (!backlog.IsOver)
            {
                Assert.Equal(All(backlog), run.Delivered);
                return;
            }

            var waiting = backlog.Frames.Length;
            var stride = (long)BitOperations.RoundUpToPowerOf2((ulong)Math.Max(2, (waiting + backlog.Limits.Frames - 1) / backlog.Limits.Frames));
            var steps = run.Delivered.Prepend(0).Zip(run.Delivered, (a, b) => b - a).ToList();
            Assert.Equal(waiting, run.Delivered[^1]);
            Assert.All(steps, s => Assert.InRange(s, 1, stride));
            Assert.All(steps.Skip(1), s => Assert.True(s >= 2, "Neighbours were delivered."));
            Assert.Equal(steps.Skip(1).OrderDescending(), steps.Skip(1));
            Assert.All(run.PassedOver, p => Assert.Equal(StepKind.SkipSampled, p.Kind));
        });

    [Fact]
    public void Next_of_sample_is_never_further_behind_than_the_limit_in_frames_that_it_would_deliver() =>
        Properties.Hold(RuleCases.Backlogs, backlog =>
        {
            var run = new RuleRun(SlowConsumerPolicy.Sample, backlog.Limits, backlog.Index()).Drain();

            // From any delivered frame on, at that frame's own distance to the next, no more than the limit fit in what waits.
            foreach (var (at, next) in run.Delivered.Zip(run.Delivered.Skip(1)))
            {
                Assert.True(!backlog.IsOver || (backlog.Frames.Length - at) <= (next - at) * Math.Max(2, backlog.Limits.Frames), $"{at} to {next} of {backlog}");
            }
        });

    [Fact]
    public void Next_of_conflate_delivers_exactly_the_newest_of_each_key_and_what_has_none() =>
        Properties.Hold(RuleCases.Backlogs, backlog =>
        {
            var index = backlog.Index();
            var newest = All(backlog).Where(o => !backlog.IsOver || index.Key(o) is null || !All(backlog).Any(p => p > o && index.Key(p) == index.Key(o)));

            var run = new RuleRun(SlowConsumerPolicy.Conflate, backlog.Limits, index).Drain();

            Assert.Equal(newest, run.Delivered);
            Assert.All(run.PassedOver, p => Assert.Equal(StepKind.SkipConflated, p.Kind));
        });

    [Fact]
    public void Next_of_conflate_goes_over_many_frames_of_one_key_in_bounded_steps()
    {
        var index = PlainLagIndex.Of(Enumerable.Repeat((1, (string?)"a"), 1_000));

        var run = new RuleRun(SlowConsumerPolicy.Conflate, new LagLimits(10, long.MaxValue), index).Drain();

        Assert.Equal([1_000], run.Delivered);
        Assert.All(run.PassedOver, p => Assert.InRange(p.To - p.From + 1, 1, 256));
    }

    [Fact]
    public void Next_of_disconnect_disconnects_exactly_when_the_limit_is_exceeded() =>
        Properties.Hold(RuleCases.Backlogs, backlog =>
        {
            var run = new RuleRun(SlowConsumerPolicy.Disconnect, backlog.Limits, backlog.Index()).Drain();

            Assert.Equal(backlog.IsOver, run.IsDisconnected);
            Assert.Equal(backlog.IsOver ? [] : All(backlog), run.Delivered);
        });

    private static List<long> All(RuleCases.Backlog backlog) => [.. Enumerable.Range(1, backlog.Frames.Length).Select(i => (long)i)];
}
