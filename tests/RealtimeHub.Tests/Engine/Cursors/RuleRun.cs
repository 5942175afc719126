using RealtimeHub.Engine.Cursors;

namespace RealtimeHub.Tests.Engine.Cursors;

/// <summary>Follows the rules with one cursor and books what each step does; fails when a step makes no sense for any policy.</summary>
internal sealed class RuleRun(SlowConsumerPolicy policy, LagLimits limits, PlainLagIndex index)
{
    private long _holdEnd;

    public long Served { get; private set; }

    public List<long> Delivered { get; } = [];

    public List<(StepKind Kind, long From, long To)> PassedOver { get; } = [];

    public bool IsDisconnected { get; private set; }

    /// <summary>Takes one step; false when it has caught up or is cut off.</summary>
    public bool Step()
    {
        var step = SlowConsumerRules.Next(policy, Served, _holdEnd, limits, index);
        Assert.Equal(step, SlowConsumerRules.Next(policy, Served, _holdEnd, limits, index));
        Assert.True(step.HoldEnd == 0 || (step.HoldEnd > 0 && step.HoldEnd <= index.Newest), $"The hold end {step.HoldEnd} lies beyond {index.Newest}.");
        _holdEnd = step.HoldEnd;
        switch (step.Kind)
        {
            case StepKind.Idle:
                Assert.Equal(index.Newest, Served);
                return false;
            case StepKind.Disconnect:
                IsDisconnected = true;
                return false;
            case StepKind.Deliver:
                Assert.InRange(Served + 1, index.OldestKept, index.Newest);
                Delivered.Add(++Served);
                return true;
            default:
                Assert.InRange(step.UpTo, Served + 1, index.Newest);
                PassedOver.Add((step.Kind, Served + 1, step.UpTo));
                Served = step.UpTo;
                return true;
        }
    }

    /// <summary>Steps until there is nothing left to do.</summary>
    public RuleRun Drain()
    {
        while (Step())
        {
        }

        return this;
    }
}
