namespace RealtimeHub.Science.Trees;

/// <summary>The features of a training table as bin numbers: bin k holds the values above cut k − 1 and at most cut k.</summary>
internal sealed class BinnedFeatures
{
    private readonly byte[][] _bins;
    private readonly float[][] _cuts;

    public BinnedFeatures(TrainingTable table, int maxBins)
    {
        var features = table.FeatureNames.Count;
        _bins = new byte[features][];
        _cuts = new float[features][];
        var column = new float[table.Rows];
        for (var feature = 0; feature < features; feature++)
        {
            for (var row = 0; row < column.Length; row++)
            {
                column[row] = table.Values[(row * features) + feature];
            }

            var cuts = CutsOf(column, maxBins);
            _cuts[feature] = cuts;
            _bins[feature] = Array.ConvertAll(column, value => BinOf(cuts, value));
        }
    }

    public int FeatureCount => _bins.Length;

    public ReadOnlySpan<byte> Bins(int feature) => _bins[feature];

    public ReadOnlySpan<float> Cuts(int feature) => _cuts[feature];

    /// <summary>Thresholds between values: between all distinct ones if they are few, else so that bins hold about equally many rows.</summary>
    private static float[] CutsOf(float[] column, int maxBins)
    {
        var sorted = (float[])column.Clone();
        Array.Sort(sorted);
        var cuts = new List<float>();
        var distinct = 1;
        for (var row = 1; row < sorted.Length; row++)
        {
            distinct += sorted[row] > sorted[row - 1] ? 1 : 0;
        }

        var taken = 0;
        for (var row = 1; row < sorted.Length; row++)
        {
            if (!(sorted[row] > sorted[row - 1]))
            {
                continue;
            }

            // The next cut is due once the rows passed reach the next multiple of rows / bins; integers, so exact.
            if (distinct <= maxBins || (long)row * maxBins >= (long)(taken + 1) * sorted.Length)
            {
                cuts.Add(Between(sorted[row - 1], sorted[row]));
                taken = distinct <= maxBins ? 0 : (int)((long)row * maxBins / sorted.Length);
            }
        }

        return [.. cuts];
    }

    /// <summary>A float32 that is at least the lower value and below the upper one, as near to their middle as it can be.</summary>
    private static float Between(float lower, float upper)
    {
        var middle = (float)(((double)lower + upper) / 2);
        return middle < upper ? middle : lower;
    }

    private static byte BinOf(float[] cuts, float value)
    {
        var (low, high) = (0, cuts.Length);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (value <= cuts[middle])
            {
                high = middle;
            }
            else
            {
                low = middle + 1;
            }
        }

        return (byte)low;
    }
}
