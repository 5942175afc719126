using FsCheck;
using FsCheck.Fluent;
using RealtimeHub.Client.Accounting;
using RealtimeHub.Protocol.Notices;

namespace RealtimeHub.Tests.Client.Accounting;

public class CoverageProperties
{
    private static readonly Gen<Action<SimulatedChannel>> Honest = Gen.Frequency(
        (8, Step(c => c.Append(Fate.Deliver))),
        (3, Step(c => c.Append(Fate.Filter))),
        (2, Step(c => c.Append(Fate.Conflate))),
        (1, Step(c => c.Append(Fate.Lose))),
        (1, Step(c => c.Announce())),
        (1, Step(c => c.Announce(SkipReasons.Filtered))),
        (1, Step(c => c.Announce(SkipReasons.Conflated))),
        (1, Step(c => c.Heartbeat())));

    private static readonly Gen<Action<SimulatedChannel>> Broken =
        Gen.Frequency((12, Honest), (1, Step(c => c.Reconnect())));

    private static readonly Gen<Action<SimulatedChannel>> Faulty =
        Gen.Frequency((8, Honest), (1, Step(c => c.Append(Fate.Swallow))));

    [Fact]
    public void Coverage_never_misses_anything_from_a_server_that_keeps_the_contract() => Run(Broken, (channel, coverage) =>
    {
        Assert.Equal(0, coverage.Totals().Missing);
        Assert.Equal(channel.Received, Offsets(coverage, OffsetState.Received));
        Assert.Equal(channel.Lost, Offsets(coverage, OffsetState.Lost));
        AssertSafeToResume(channel, coverage);
    });

    [Fact]
    public void Coverage_accounts_for_every_offset_once_the_server_has_said_all() => Run(Broken, (_, _) => { }, (channel, coverage) =>
    {
        var totals = coverage.Totals();
        Assert.Equal(channel.Newest, coverage.AccountedUpTo!.Value.Offset);
        Assert.Equal(channel.WithFate(Fate.Filter, Fate.Conflate), Offsets(coverage, OffsetState.Skipped));
        Assert.Equal(channel.WithFate(Fate.Filter, Fate.Conflate).Count(), totals.SkippedCount);
        Assert.Equal(channel.Newest, totals.Received + totals.SkippedCount + totals.LostCount);
        Assert.Equal(0, totals.Pending);
    });

    [Fact]
    public void Coverage_counts_every_frame_that_the_server_swallowed() => Run(Faulty, (_, _) => { }, (channel, coverage) =>
    {
        var swallowed = channel.WithFate(Fate.Swallow).ToList();
        Assert.Equal(swallowed.Count, coverage.Totals().Missing);
        Assert.Subset(swallowed.ToHashSet(), Offsets(coverage, OffsetState.Missing).ToHashSet());
    });

    private static void Run(
        Gen<Action<SimulatedChannel>> steps,
        Action<SimulatedChannel, Coverage> afterEachStep,
        Action<SimulatedChannel, Coverage>? afterAll = null)
    {
        var property = Prop.ForAll(Gen.ArrayOf(steps).ToArbitrary(), sequence =>
        {
            var coverage = new Coverage();
            var channel = new SimulatedChannel(coverage);
            channel.Start(0);
            foreach (var step in sequence)
            {
                step(channel);
                afterEachStep(channel, coverage);
            }

            channel.Heartbeat();
            afterAll?.Invoke(channel, coverage);
        });

        Check.One(Config.QuickThrowOnFailure.WithMaxTest(300), property);
    }

    // Resuming after the accounted offsets must not pass over a frame that was to be delivered.
    private static void AssertSafeToResume(SimulatedChannel channel, Coverage coverage) =>
        Assert.All(
            channel.WithFate(Fate.Deliver).Where(o => o <= coverage.AccountedUpTo!.Value.Offset),
            o => Assert.Contains(o, channel.Received));

    private static List<long> Offsets(Coverage coverage, OffsetState state)
    {
        var offsets = coverage.Ranges(state).SelectMany(r => Enumerable.Range((int)r.From, (int)r.Count)).Select(o => (long)o).ToList();
        Assert.All(offsets, o => Assert.Equal(state, coverage.StateOf(o)));
        return offsets;
    }

    private static Gen<Action<SimulatedChannel>> Step(Action<SimulatedChannel> action) => Gen.Constant(action);
}
