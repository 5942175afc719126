using FsCheck;
using FsCheck.Fluent;
using RealtimeHub.Engine.Cursors;

namespace RealtimeHub.Tests.Engine.Cursors;

/// <summary>Backlogs and limits at random, small enough that every limit is met often.</summary>
internal static class RuleCases
{
    private static readonly Gen<(int Size, string? Key)> Frames =
        from size in Gen.Frequency((5, Gen.Choose(1, 20)), (1, Gen.Choose(100, 400)))
        from key in Gen.Elements<string?>(null, "a", "b", "c", "d")
        select (size, key);

    private static readonly Gen<LagLimits> Limits =
        from frames in Gen.Choose(1, 30)
        from bytes in Gen.Frequency((1, Gen.Constant(int.MaxValue)), (2, Gen.Choose(1, 600)))
        select new LagLimits(frames, bytes);

    public static Arbitrary<Backlog> Backlogs { get; } =
        (from count in Gen.Choose(0, 200)
         from frames in Frames.ArrayOf(count)
         from limits in Limits
         select new Backlog(frames, limits)).ToArbitrary();

    public static Arbitrary<Story> Stories { get; } =
        (from count in Gen.Choose(1, 80)
         from moves in Moves().ArrayOf(count)
         from limits in Limits
         select new Story(moves, limits)).ToArbitrary();

    private static Gen<Move> Moves() =>
        Gen.Frequency(
            (3, from count in Gen.Choose(1, 40) from frames in Frames.ArrayOf(count) select new Move(frames, 0, 0)),
            (4, from steps in Gen.Choose(1, 30) select new Move([], steps, 0)),
            (1, from evicted in Gen.Choose(1, 60) select new Move([], 0, evicted)));

    /// <summary>What waits for a cursor that has been served nothing.</summary>
    public sealed record Backlog((int Size, string? Key)[] Frames, LagLimits Limits)
    {
        public PlainLagIndex Index() => PlainLagIndex.Of(Frames);

        /// <summary>Whether a queue of these limits would have been over them.</summary>
        public bool IsOver => Frames.Length > 2 && (Frames.Length > Limits.Frames || Frames.Sum(f => (long)f.Size) > Limits.Bytes);

        public override string ToString() => $"{Limits}: {string.Join(' ', Frames.Select(f => $"{f.Size}{f.Key}"))}";
    }

    /// <summary>One thing that happens: frames are appended, the cursor takes steps, or the log drops its oldest frames.</summary>
    public sealed record Move((int Size, string? Key)[] Appended, int Steps, int Evicted)
    {
        public void Apply(PlainLagIndex index, RuleRun run)
        {
            foreach (var (size, key) in Appended)
            {
                index.Append(size, key);
            }

            // The log keeps its newest two.
            index.OldestKept = Math.Max(index.OldestKept, Math.Min(index.OldestKept + Evicted, index.Newest - 1));
            for (var i = 0; i < Steps && run.Step(); i++)
            {
            }
        }
    }

    /// <summary>Things that happen one after the other.</summary>
    public sealed record Story(Move[] Moves, LagLimits Limits)
    {
        /// <summary>Lets it happen, then lets the cursor catch up.</summary>
        public RuleRun Tell(SlowConsumerPolicy policy, PlainLagIndex index, Action<RuleRun>? afterEach = null)
        {
            var run = new RuleRun(policy, Limits, index);
            foreach (var move in Moves)
            {
                move.Apply(index, run);
                afterEach?.Invoke(run);
            }

            return run.Drain();
        }

        public override string ToString() =>
            $"{Limits}: {string.Join(", ", Moves.Select(m => m.Steps > 0 ? $"step {m.Steps}" : m.Evicted > 0 ? $"evict {m.Evicted}" : $"append {string.Join(' ', m.Appended.Select(f => $"{f.Size}{f.Key}"))}"))}";
    }
}
