using System.Numerics;

namespace RealtimeHub.Engine.Cursors;

/// <summary>Where a cursor goes next: a pure function of the cursor, its hold end, the log, the limits and the policy.</summary>
/// <remarks>
/// The emulated queue needs no memory: what "was waiting when the limit was met" follows from where the cursor stands, and
/// a cursor that is stalled does not move. Every step passes over frames of one kind only, so each has one reason.
/// </remarks>
public static class SlowConsumerRules
{
    // A step looks at a bounded number of frames; the next step goes on from there.
    private const int MaxScan = 256;

    /// <summary>Decides the next step.</summary>
    /// <param name="policy">What happens beyond the limit.</param>
    /// <param name="served">Everything up to this offset is served.</param>
    /// <param name="holdEnd">The hold end that the previous step returned.</param>
    /// <param name="limits">How far it may lag.</param>
    /// <param name="index">The log.</param>
    /// <param name="hasCoarser">Whether there is a coarser sibling to go to.</param>
    public static CursorStep Next(
        SlowConsumerPolicy policy, long served, long holdEnd, LagLimits limits, ILagIndex index, bool hasCoarser = false)
    {
        var newest = index.Newest;
        if (served >= newest)
        {
            return new CursorStep(StepKind.Idle);
        }

        var oldest = index.OldestKept;
        if (served + 1 < oldest && !(hasCoarser && policy is SlowConsumerPolicy.Coarsen) && (policy is not SlowConsumerPolicy.Disconnect || !limits.AreExceeded(served, index)))
        {
            return new CursorStep(StepKind.LoseExpired, oldest - 1, holdEnd >= oldest ? holdEnd : 0);
        }

        return policy switch
        {
            SlowConsumerPolicy.DropOldest => DropOldest(served, limits, index),
            SlowConsumerPolicy.DropNewest => DropNewest(served, holdEnd, newest, limits, index),
            SlowConsumerPolicy.Coarsen when hasCoarser && limits.Twice().AreExceeded(served, index) => new CursorStep(StepKind.Coarsen),
            SlowConsumerPolicy.Sample or SlowConsumerPolicy.Coarsen => Sample(served, holdEnd, newest, limits, index),
            SlowConsumerPolicy.Conflate => Conflate(served, holdEnd, newest, limits, index),
            SlowConsumerPolicy.Disconnect when limits.AreExceeded(served, index) => new CursorStep(StepKind.Disconnect),
            _ => new CursorStep(StepKind.Deliver),
        };
    }

    private static CursorStep DropOldest(long served, LagLimits limits, ILagIndex index)
    {
        if (!limits.AreExceeded(served, index))
        {
            return new CursorStep(StepKind.Deliver);
        }

        // The smallest offset from which on the lag is within the limits: the lag only shrinks with it.
        var low = served + 1;
        var high = index.Newest - 2;
        while (low < high)
        {
            var middle = low + ((high - low) / 2);
            if (limits.AreExceeded(middle, index))
            {
                low = middle + 1;
            }
            else
            {
                high = middle;
            }
        }

        return new CursorStep(StepKind.LoseOldest, low);
    }

    private static CursorStep DropNewest(long served, long holdEnd, long newest, LagLimits limits, ILagIndex index)
    {
        if (holdEnd == 0)
        {
            return limits.AreExceeded(served, index)
                ? new CursorStep(StepKind.Deliver, 0, served + HeldFrames(served, limits, index))
                : new CursorStep(StepKind.Deliver);
        }

        return served < holdEnd
            ? new CursorStep(StepKind.Deliver, 0, holdEnd)
            : new CursorStep(StepKind.LoseNewest, newest);
    }

    // How many frames a full queue would hold: by count, or fewer when they are large, but two at least.
    private static long HeldFrames(long served, LagLimits limits, ILagIndex index)
    {
        var all = index.BytesAfter(served);
        long low = 2;
        var high = Math.Min(limits.Frames, index.Newest - served);
        while (low < high)
        {
            var middle = low + ((high - low + 1) / 2);
            if (all - index.BytesAfter(served + middle) <= limits.Bytes)
            {
                low = middle;
            }
            else
            {
                high = middle - 1;
            }
        }

        return low;
    }

    private static CursorStep Sample(long served, long holdEnd, long newest, LagLimits limits, ILagIndex index)
    {
        if (holdEnd <= served)
        {
            if (!limits.AreExceeded(served, index))
            {
                return new CursorStep(StepKind.Deliver);
            }

            holdEnd = newest;
        }

        // Counted back from the hold end, so that the newest waiting frame is kept.
        var waiting = holdEnd - served;
        var stride = (long)BitOperations.RoundUpToPowerOf2((ulong)Math.Max(2, (waiting + limits.Frames - 1) / limits.Frames));
        var toKeep = (waiting - 1) % stride;
        return toKeep == 0
            ? new CursorStep(StepKind.Deliver, 0, holdEnd)
            : new CursorStep(StepKind.SkipSampled, served + toKeep, holdEnd);
    }

    private static CursorStep Conflate(long served, long holdEnd, long newest, LagLimits limits, ILagIndex index)
    {
        if (holdEnd <= served)
        {
            if (!limits.AreExceeded(served, index))
            {
                return new CursorStep(StepKind.Deliver);
            }

            holdEnd = newest;
        }

        var next = served + 1;
        var stop = Math.Min(holdEnd, served + MaxScan);
        while (next < stop && index.IsSuperseded(next, holdEnd))
        {
            next++;
        }

        return next == served + 1
            ? new CursorStep(StepKind.Deliver, 0, holdEnd)
            : new CursorStep(StepKind.SkipConflated, next - 1, holdEnd);
    }
}
