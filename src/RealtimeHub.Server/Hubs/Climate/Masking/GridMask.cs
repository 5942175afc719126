namespace RealtimeHub.Server.Hubs.Climate.Masking;

/// <summary>What a policy decision makes of each point of one grid: shown, only as the mean of a group, or concealed. Immutable.</summary>
/// <remarks>
/// It is laid on twice: on everything that a computation reads, and on what comes out. Since what is computed has never seen what is hidden,
/// no neighbour's gradient, prediction or explanation can tell of it.
/// </remarks>
internal sealed class GridMask
{
    private const int Alone = -1;

    private readonly bool[] _concealed;
    private readonly int[] _groupOf;
    private readonly int[][] _groups;
    private readonly int[] _standIn;

    /// <summary>Makes a mask.</summary>
    /// <param name="key">Names the decision and its policy version; equal keys mean equal masks on one grid.</param>
    /// <param name="concealed">The points of which nothing is shown.</param>
    /// <param name="groups">The points that are shown as the mean of a group, by group; each point at most once.</param>
    /// <param name="columns">Columns of the grid.</param>
    public GridMask(string key, bool[] concealed, IReadOnlyList<int[]> groups, int columns)
    {
        Key = key;
        _concealed = concealed;
        _groupOf = new int[concealed.Length];
        Array.Fill(_groupOf, Alone);
        _groups = [.. groups.Select(g => g.Where(c => !concealed[c]).ToArray()).Where(g => g.Length > 0)];
        for (var group = 0; group < _groups.Length; group++)
        {
            foreach (var cell in _groups[group])
            {
                _groupOf[cell] = group;
            }
        }

        Concealed = concealed.Count(c => c);
        Generalized = _groups.Sum(g => g.Length);
        _standIn = StandIns(columns);
    }

    /// <summary>Names the decision.</summary>
    public string Key { get; }

    /// <summary>How many points are concealed.</summary>
    public int Concealed { get; }

    /// <summary>How many points are shown as the mean of a group.</summary>
    public int Generalized { get; }

    public bool IsClear => Concealed == 0 && Generalized == 0;

    public bool Conceals(int cell) => _concealed[cell];

    public bool Generalizes(int cell) => _groupOf[cell] != Alone;

    /// <summary>Hides what a computation must not see: groups become their mean, concealed points the nearest shown one's value.</summary>
    public void HideInput(Span<float> plane)
    {
        Average(plane);
        if (Concealed == 0)
        {
            return;
        }

        for (var cell = 0; cell < _concealed.Length; cell++)
        {
            if (_concealed[cell])
            {
                plane[cell] = _standIn[cell] == Alone ? float.NaN : plane[_standIn[cell]];
            }
        }
    }

    /// <summary>Hides what must not be shown: groups become their mean, concealed points missing.</summary>
    public void HideOutput(Span<float> plane)
    {
        Average(plane);
        for (var cell = 0; cell < _concealed.Length; cell++)
        {
            if (_concealed[cell])
            {
                plane[cell] = float.NaN;
            }
        }
    }

    // Sums run in the order of the grid, so that the mean is the same on every machine; a group with a missing value is missing.
    private void Average(Span<float> plane)
    {
        foreach (var group in _groups)
        {
            var sum = 0.0;
            foreach (var cell in group)
            {
                sum += plane[cell];
            }

            var mean = (float)(sum / group.Length);
            foreach (var cell in group)
            {
                plane[cell] = mean;
            }
        }
    }

    // The nearest shown point in steps of the grid, the first of equals.
    private int[] StandIns(int columns)
    {
        var standIn = new int[_concealed.Length];
        Array.Fill(standIn, Alone);
        for (var cell = 0; Concealed > 0 && cell < standIn.Length; cell++)
        {
            var best = long.MaxValue;
            for (var other = 0; _concealed[cell] && other < standIn.Length; other++)
            {
                long down = (other / columns) - (cell / columns), across = (other % columns) - (cell % columns);
                var distance = (down * down) + (across * across);
                if (!_concealed[other] && distance < best)
                {
                    (best, standIn[cell]) = (distance, other);
                }
            }
        }

        return standIn;
    }
}
