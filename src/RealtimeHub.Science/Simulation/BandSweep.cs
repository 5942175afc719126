using RealtimeHub.Science.Simulation.Features;
using RealtimeHub.Science.Simulation.Kernels;

namespace RealtimeHub.Science.Simulation;

/// <summary>Computes some steps of a band of rows in one sweep through memory.</summary>
/// <remarks>
/// Each step but the last keeps only the few rows that the next one needs, so that they stay in the cache: a row is used right after it was
/// computed. The rows beside the band that this takes are computed twice, by both neighbours, to the same bits. Not thread-safe: one
/// per thread.
/// </remarks>
internal sealed class BandSweep
{
    // The rows of all steps in flight should fit well into a core's second-level cache.
    private const int CacheBytes = 384 << 10;
    private const int MaxDepth = 8;

    // Three are needed; four make the slot of a row a mask.
    private const int Kept = 4;

    private readonly FieldGrid _shape;
    private readonly FieldGrid?[] _levels = new FieldGrid?[MaxDepth];

    public BandSweep(FieldGrid shape) => _shape = shape;

    /// <summary>The number of a field that was found to be not finite; negative while all are.</summary>
    public int Fault { get; private set; } = -1;

    /// <summary>How many steps one sweep may make.</summary>
    public static int Depth(FieldGrid shape)
    {
        var rowBytes = shape.Stride * shape.Fields * sizeof(float);
        return Math.Clamp(Math.Min(CacheBytes / (Kept * rowBytes), shape.Size / 32), 1, MaxDepth);
    }

    /// <summary>Computes the rows of a band, as many steps on as there are entries for spikes.</summary>
    /// <param name="stepper">The arithmetic.</param>
    /// <param name="source">The fields now, with the spike of the next step.</param>
    /// <param name="target">Gets the rows.</param>
    /// <param name="rows">The first row of the band, and the first after it.</param>
    /// <param name="step">How many steps were computed before.</param>
    /// <param name="spikes">The spike of each step of the sweep; the first is in the source already.</param>
    public void Run(RowStepper stepper, FieldGrid source, FieldGrid target, (int From, int To) rows, long step, ReadOnlySpan<Spike?> spikes)
    {
        var depth = spikes.Length;
        for (var front = rows.From - depth + 1; front <= rows.To + depth - 2; front++)
        {
            for (var level = 1; level <= depth; level++)
            {
                // Each step goes one row behind the step before it, whose next row it needs.
                var row = front - level + 1;
                var margin = depth - level;
                if (row < Inside(rows.From - margin) || row >= Inside(rows.To + margin))
                {
                    continue;
                }

                var stage = new Stage(level == 1 ? source : Level(level - 1), level == depth ? target : Level(level), level == 1, level == depth, step + level);
                Compute(stepper, stage, row);
                Finish(stage, row, level < depth ? spikes[level] : null);
            }
        }
    }

    private static int Slot(int row) => row & (Kept - 1);

    // On a torus rows are counted on beyond the edges, so that neighbours have neighbouring slots.
    private int Inside(int row) => _shape.Edges == EdgeKind.Periodic ? row : Math.Clamp(row, 0, _shape.Size);

    private void Compute(RowStepper stepper, in Stage stage, int row) => stepper.Row(new RowWindow
    {
        Source = stage.Source.Cells,
        Up = Place(stage, row - 1),
        Middle = Place(stage, row),
        Down = Place(stage, row + 1),
        SourcePlane = stage.Source.Plane,
        Target = stage.Target.Cells,
        Out = Out(stage, row),
        TargetPlane = stage.Target.Plane,
        Size = _shape.Size,
        Row = _shape.Resolve(row),
        Step = stage.Step,
    });

    private void Finish(in Stage stage, int row, Spike? spike)
    {
        var cells = stage.Target.Cells;
        var at = Out(stage, row);
        if (spike is not null && spike.Y == _shape.Resolve(row))
        {
            cells[at + spike.X] += spike.Amount;
        }

        for (var field = 0; field < _shape.Fields; field++, at += stage.Target.Plane)
        {
            FieldGrid.CloseRow(cells, at, _shape.Size, _shape.Edges);
            if (stage.IsLast && !FieldStatistics.IsFinite(cells.AsSpan(at, _shape.Size)))
            {
                Fault = field;
            }
        }
    }

    private int Out(in Stage stage, int row) => stage.Target.Offset(stage.IsLast ? _shape.Resolve(row) : Slot(row));

    private int Place(in Stage stage, int row)
    {
        if (stage.IsFirst || _shape.Edges == EdgeKind.Periodic)
        {
            return stage.Source.Offset(stage.IsFirst ? _shape.Resolve(row) : Slot(row));
        }

        var resolved = _shape.Resolve(row);
        return stage.Source.Offset(resolved == _shape.Size ? Kept : Slot(resolved));
    }

    private FieldGrid Level(int level) => _levels[level] ??= FieldGrid.Strip(_shape, Kept);

    private readonly record struct Stage(FieldGrid Source, FieldGrid Target, bool IsFirst, bool IsLast, long Step);
}
