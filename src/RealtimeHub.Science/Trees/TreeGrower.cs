using RealtimeHub.Science.Randomness;

namespace RealtimeHub.Science.Trees;

/// <summary>Grows one tree at a time, level by level, from histograms of the residuals. Used only by its trainer.</summary>
internal sealed class TreeGrower
{
    private const int BinCapacity = 256;

    private readonly BinnedFeatures _data;
    private readonly TreeTrainingOptions _options;

    /// <summary>The place of each row in the tree being grown; −1 for a row the tree does not see.</summary>
    private readonly int[] _places;
    private readonly double[] _sums;
    private readonly int[] _counts;
    private readonly byte[] _cutBins;
    private readonly Split[] _best;

    public TreeGrower(BinnedFeatures data, TreeTrainingOptions options, int rows)
    {
        _data = data;
        _options = options;
        _places = new int[rows];
        var nodes = (1 << options.Depth) - 1;
        var widest = 1 << (options.Depth - 1);
        _sums = new double[widest * BinCapacity];
        _counts = new int[widest * BinCapacity];
        _best = new Split[widest];
        _cutBins = new byte[nodes];
        Features = new int[nodes];
        Thresholds = new float[nodes];
        Leaves = new double[nodes + 1];
    }

    /// <summary>Feature per place of the newest tree, −1 where it does not split.</summary>
    public int[] Features { get; }

    /// <summary>Threshold per place of the newest tree.</summary>
    public float[] Thresholds { get; }

    /// <summary>Leaf values of the newest tree.</summary>
    public double[] Leaves { get; }

    /// <summary>Grows a tree on the residuals; its leaves hold regularised mean residuals.</summary>
    public void Grow(ReadOnlySpan<double> residuals, ulong seed)
    {
        Array.Fill(Features, -1);
        Array.Clear(Thresholds);
        for (var row = 0; row < _places.Length; row++)
        {
            _places[row] = _options.RowShare >= 1 || SplitMix64.UnitAt(seed, (ulong)row) < _options.RowShare ? 0 : -1;
        }

        var seen = SeenFeatures(SplitMix64.Split(seed, 1));
        for (var level = 0; level < _options.Depth; level++)
        {
            SplitLevel(level, residuals, seen);
        }

        FillLeaves(residuals);
    }

    /// <summary>Takes the newest tree's values from the residuals of all rows, whether or not the tree saw them.</summary>
    public void Subtract(Span<double> residuals)
    {
        for (var row = 0; row < residuals.Length; row++)
        {
            var place = 0;
            while (place < Features.Length)
            {
                var feature = Features[place];
                place = (2 * place) + (feature < 0 || _data.Bins(feature)[row] <= _cutBins[place] ? 1 : 2);
            }

            residuals[row] -= Leaves[place - Features.Length];
        }
    }

    private bool[] SeenFeatures(ulong seed)
    {
        var seen = new bool[_data.FeatureCount];
        var wanted = Math.Max(1, (int)Math.Ceiling(_options.FeatureShare * seen.Length));
        var order = new (ulong Draw, int Feature)[seen.Length];
        for (var feature = 0; feature < seen.Length; feature++)
        {
            order[feature] = (SplitMix64.At(seed, (ulong)feature), feature);
        }

        Array.Sort(order);
        foreach (var (_, feature) in order.AsSpan(0, wanted))
        {
            seen[feature] = true;
        }

        return seen;
    }

    private void SplitLevel(int level, ReadOnlySpan<double> residuals, bool[] seen)
    {
        var (first, width) = ((1 << level) - 1, 1 << level);
        Array.Clear(_best);
        for (var feature = 0; feature < seen.Length; feature++)
        {
            if (seen[feature])
            {
                FillHistograms(feature, first, width, residuals);
                for (var node = 0; node < width; node++)
                {
                    SeekSplit(feature, node);
                }
            }
        }

        for (var node = 0; node < width; node++)
        {
            if (_best[node].Gain > 0)
            {
                Features[first + node] = _best[node].Feature;
                _cutBins[first + node] = (byte)_best[node].Bin;
                Thresholds[first + node] = _data.Cuts(_best[node].Feature)[_best[node].Bin];
            }
        }

        for (var row = 0; row < _places.Length; row++)
        {
            var place = _places[row];
            if (place >= 0)
            {
                var feature = Features[place];
                _places[row] = (2 * place) + (feature < 0 || _data.Bins(feature)[row] <= _cutBins[place] ? 1 : 2);
            }
        }
    }

    private void FillHistograms(int feature, int first, int width, ReadOnlySpan<double> residuals)
    {
        Array.Clear(_sums, 0, width * BinCapacity);
        Array.Clear(_counts, 0, width * BinCapacity);
        var bins = _data.Bins(feature);
        for (var row = 0; row < bins.Length; row++)
        {
            if (_places[row] >= 0)
            {
                var slot = ((_places[row] - first) * BinCapacity) + bins[row];
                _sums[slot] += residuals[row];
                _counts[slot]++;
            }
        }
    }

    private void SeekSplit(int feature, int node)
    {
        var sums = _sums.AsSpan(node * BinCapacity, BinCapacity);
        var counts = _counts.AsSpan(node * BinCapacity, BinCapacity);
        var (sum, count) = (0.0, 0);
        for (var bin = 0; bin < BinCapacity; bin++)
        {
            sum += sums[bin];
            count += counts[bin];
        }

        if (count < 2 * _options.MinLeafRows)
        {
            return;
        }

        var whole = Score(sum, count);
        var (left, leftCount) = (0.0, 0);
        for (var bin = 0; bin < _data.Cuts(feature).Length; bin++)
        {
            left += sums[bin];
            leftCount += counts[bin];
            if (leftCount < _options.MinLeafRows || count - leftCount < _options.MinLeafRows)
            {
                continue;
            }

            var gain = Score(left, leftCount) + Score(sum - left, count - leftCount) - whole;
            if (gain > _best[node].Gain)
            {
                _best[node] = new(gain, feature, bin);
            }
        }
    }

    private void FillLeaves(ReadOnlySpan<double> residuals)
    {
        Span<int> counts = stackalloc int[Leaves.Length];
        Array.Clear(Leaves);
        for (var row = 0; row < _places.Length; row++)
        {
            if (_places[row] >= 0)
            {
                Leaves[_places[row] - Features.Length] += residuals[row];
                counts[_places[row] - Features.Length]++;
            }
        }

        for (var leaf = 0; leaf < Leaves.Length; leaf++)
        {
            Leaves[leaf] = counts[leaf] == 0 ? 0 : Leaves[leaf] / (counts[leaf] + _options.L2);
        }

        SpreadUnsplit();
    }

    /// <summary>Below a place that does not split all rows went left; the leaves to the right get the same value.</summary>
    private void SpreadUnsplit()
    {
        for (var place = Features.Length - 1; place >= 0; place--)
        {
            if (Features[place] >= 0)
            {
                continue;
            }

            var (low, high) = (place, place);
            while (low < Features.Length)
            {
                (low, high) = ((2 * low) + 1, (2 * high) + 2);
            }

            Leaves.AsSpan(low - Features.Length, high - low + 1).Fill(Leaves[low - Features.Length]);
        }
    }

    private double Score(double sum, int count) => sum * sum / (count + _options.L2);

    private readonly record struct Split(double Gain, int Feature, int Bin);
}
