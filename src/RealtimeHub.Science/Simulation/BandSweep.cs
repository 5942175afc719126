using RealtimeHub.Science.Simulation.Features;
using RealtimeHub.Science.Simulation.Kernels;

namespace RealtimeHub.Science.Simulation;

/// <summary>Computes some steps of a band of rows in one sweep through memory.</summary>
/// <remarks>
/// Each step but the last keeps only the three rows that the next one needs, so that they stay in the cache; the rows beside the
/// band that this takes are computed twice, by both neighbours, to the same bits. Not thread-safe: one per thread.
/// </remarks>
internal sealed class BandSweep
{
    // The rows of all steps in flight should fit well into a core's second-level cache.
    private const int CacheBytes = 320 << 10;
    private const int MaxDepth = 8;
    private const int Kept = 3;

    private readonly FieldGrid _shape;
    private readonly FieldGrid?[] _levels = new FieldGrid?[MaxDepth];

    public BandSweep(FieldGrid shape) => _shape = shape;

    /// <summary>How many steps one sweep may make.</summary>
    public static int Depth(FieldGrid shape)
    {
        var rowBytes = shape.Stride * shape.Fields * sizeof(float);
        return Math.Clamp(Math.Min(CacheBytes / (Kept * rowBytes), shape.Size / 32), 1, MaxDepth);
    }

    /// <summary>The number of a field that was found to be not finite; negative while all are.</summary>
    public int Fault { get; private set; } = -1;

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
                var row = front - level + 1;
                var margin = depth - level;
                var isInside = _shape.Edges == EdgeKind.Periodic || (row >= 0 && row < _shape.Size);
                if (row < rows.From - margin || row >= rows.To + margin || !isInside)
                {
                    continue;
                }

                var from = level == 1 ? source : Level(level - 1);
                var to = level == depth ? target : Level(level);
                Compute(stepper, from, to, row, level == 1, level == depth, step + level);
                if (level < depth && spikes[level] is { } spike && spike.Y == _shape.Resolve(row))
                {
                    var at = to.Offset(Slot(row));
                    to.Cells[at + spike.X] += spike.Amount;
                    FieldGrid.CloseRow(to.Cells, at, _shape.Size, _shape.Edges);
                }
            }
        }
    }

    private static int Slot(int row) => ((row % Kept) + Kept) % Kept;

    private void Compute(RowStepper stepper, FieldGrid from, FieldGrid to, int row, bool isFirst, bool isLast, long step)
    {
        var target = isLast ? _shape.Resolve(row) : Slot(row);
        var window = new RowWindow
        {
            Source = from.Cells,
            Up = Place(from, row - 1, isFirst),
            Middle = Place(from, row, isFirst),
            Down = Place(from, row + 1, isFirst),
            SourcePlane = from.Plane,
            Target = to.Cells,
            Out = to.Offset(target),
            TargetPlane = to.Plane,
            Width = _shape.Size,
            Row = _shape.Resolve(row),
            Step = step,
        };
        stepper.Row(window);
        for (var field = 0; field < _shape.Fields; field++)
        {
            var at = window.Out + (field * to.Plane);
            FieldGrid.CloseRow(to.Cells, at, _shape.Size, _shape.Edges);
            if (isLast && !FieldStatistics.IsFinite(to.Cells.AsSpan(at, _shape.Size)))
            {
                Fault = field;
            }
        }
    }

    private int Place(FieldGrid from, int row, bool isFirst)
    {
        if (isFirst)
        {
            return from.Offset(_shape.Resolve(row));
        }

        // On a torus rows are counted on beyond the edges, so that neighbours have neighbouring slots.
        var resolved = _shape.Edges == EdgeKind.Periodic ? row : _shape.Resolve(row);
        return from.Offset(_shape.Edges != EdgeKind.Periodic && resolved == _shape.Size ? Kept : Slot(resolved));
    }

    private FieldGrid Level(int level) => _levels[level] ??= FieldGrid.Strip(_shape, Kept);
}
