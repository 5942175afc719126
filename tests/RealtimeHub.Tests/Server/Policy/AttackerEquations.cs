using RealtimeHub.Server.Policy.Masks;

namespace RealtimeHub.Tests.Server.Policy;

/// <summary>Everything that an attacker has seen, as linear equations in the values of the source; kept in row echelon form.</summary>
internal sealed class AttackerEquations(int unknowns)
{
    private const double Zero = 1e-7;

    private readonly List<(int Pivot, double[] Row)> _rows = [];

    public int Rank => _rows.Count;

    /// <summary>Adds what a mask delivers, found out by feeding it one unit after the other.</summary>
    public void Add(CareMask mask)
    {
        var size = mask.Window.Rows * mask.Window.Columns;
        var rows = Enumerable.Range(0, size).Select(_ => new double[unknowns]).ToArray();
        for (var unknown = 0; unknown < unknowns; unknown++)
        {
            var unit = new float[unknowns];
            unit[unknown] = 1;
            var shown = mask.Apply(unit);
            for (var i = 0; i < size; i++)
            {
                rows[i][unknown] = float.IsNaN(shown[i]) ? 0 : shown[i];
            }
        }

        foreach (var row in rows)
        {
            Add(row);
        }
    }

    /// <summary>Whether the sum of some unknowns follows from what was seen.</summary>
    public bool Determines(int[] points)
    {
        var sum = new double[unknowns];
        foreach (var point in points)
        {
            sum[point] = 1;
        }

        Reduce(sum);
        return sum.All(v => Math.Abs(v) < Zero);
    }

    private void Add(double[] row)
    {
        Reduce(row);
        var pivot = Array.FindIndex(row, v => Math.Abs(v) > Zero);
        if (pivot < 0)
        {
            return;
        }

        var scale = row[pivot];
        for (var i = 0; i < unknowns; i++)
        {
            row[i] /= scale;
        }

        foreach (var (_, other) in _rows)
        {
            Subtract(other, row, other[pivot]);
        }

        _rows.Add((pivot, row));
    }

    private void Reduce(double[] row)
    {
        foreach (var (pivot, known) in _rows)
        {
            Subtract(row, known, row[pivot]);
        }
    }

    private static void Subtract(double[] from, double[] row, double factor)
    {
        if (Math.Abs(factor) > Zero)
        {
            for (var i = 0; i < from.Length; i++)
            {
                from[i] -= factor * row[i];
            }
        }
    }
}
