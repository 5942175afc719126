using System.Numerics;
using RealtimeHub.Science.Trees;

namespace RealtimeHub.Science.Explain;

/// <summary>Finds the leaves of an ensemble and folds a background into their tables. Used only while one is built.</summary>
internal sealed class LeafTableBuilder
{
    private readonly TreeEnsemble _ensemble;
    private readonly List<LeafTable> _leaves = [];
    private readonly List<double> _values = [];
    private int _tableLength;

    public LeafTableBuilder(TreeEnsemble ensemble, ReadOnlySpan<float> background)
    {
        _ensemble = ensemble;
        FirstLeaf = new int[ensemble.TreeCount + 1];
        for (var tree = 0; tree < ensemble.TreeCount; tree++)
        {
            Descend(tree, 0, []);
            FirstLeaf[tree + 1] = _leaves.Count;
        }

        Leaves = [.. _leaves];
        Table = new double[_tableLength];
        var rows = background.Length / ensemble.FeatureCount;
        var outcomes = new ulong[rows];
        for (var tree = 0; tree < ensemble.TreeCount; tree++)
        {
            for (var row = 0; row < rows; row++)
            {
                outcomes[row] = ensemble.Outcomes(tree, background.Slice(row * ensemble.FeatureCount, ensemble.FeatureCount));
            }

            for (var leaf = FirstLeaf[tree]; leaf < FirstLeaf[tree + 1]; leaf++)
            {
                Fold(Leaves[leaf], _values[leaf], outcomes);
            }
        }
    }

    /// <summary>The leaves that a path leads to, tree by tree.</summary>
    public LeafTable[] Leaves { get; }

    /// <summary>Per tree the index of its first leaf, and one more.</summary>
    public int[] FirstLeaf { get; }

    /// <summary>Per leaf one line for each set of passed slots, with one contribution per slot.</summary>
    public double[] Table { get; }

    private void Descend(int tree, int place, (int Place, int Feature, bool Right)[] path)
    {
        var atLeaf = place >= _ensemble.NodesPerTree;
        var feature = atLeaf ? -1 : _ensemble.FeatureAt(tree, place);
        if (feature >= 0)
        {
            Descend(tree, (2 * place) + 1, [.. path, (place, feature, false)]);
            Descend(tree, (2 * place) + 2, [.. path, (place, feature, true)]);
            return;
        }

        while (place < _ensemble.NodesPerTree)
        {
            place = (2 * place) + 1;
        }

        var turns = 0UL;
        foreach (var step in path)
        {
            turns |= step.Right ? 1UL << step.Place : 0;
        }

        var leaf = new LeafTable(turns, _tableLength);
        foreach (var step in path)
        {
            leaf.Add(step.Place, step.Feature);
        }

        _leaves.Add(leaf);
        _values.Add(_ensemble.LeafAt(tree, place - _ensemble.NodesPerTree));
        _tableLength += leaf.SlotCount << leaf.SlotCount;
    }

    private void Fold(in LeafTable leaf, double value, ulong[] backgroundOutcomes)
    {
        var slots = leaf.SlotCount;
        Span<int> rowsPassing = stackalloc int[1 << slots];
        foreach (var outcomes in backgroundOutcomes)
        {
            rowsPassing[leaf.PassedSlots(outcomes)]++;
        }

        var all = (1 << slots) - 1;
        for (var passedByRow = 0; passedByRow <= all; passedByRow++)
        {
            var line = Table.AsSpan(leaf.TableStart + (passedByRow * slots), slots);
            for (var passedByBackground = 0; passedByBackground <= all; passedByBackground++)
            {
                var rows = rowsPassing[passedByBackground];
                if (rows > 0 && (passedByRow | passedByBackground) == all)
                {
                    AddShares(line, passedByRow, passedByBackground, rows);
                }
            }

            foreach (ref var share in line)
            {
                share = share * value / backgroundOutcomes.Length;
            }
        }
    }

    private static void AddShares(Span<double> line, int passedByRow, int passedByBackground, int rows)
    {
        var required = passedByRow & ~passedByBackground;
        var excluded = passedByBackground & ~passedByRow;
        var (p, q) = (BitOperations.PopCount((uint)required), BitOperations.PopCount((uint)excluded));
        for (var slot = 0; slot < line.Length; slot++)
        {
            if ((required >> slot & 1) != 0)
            {
                line[slot] += rows * ShapleyWeights.Of(p - 1, p + q);
            }
            else if ((excluded >> slot & 1) != 0)
            {
                line[slot] -= rows * ShapleyWeights.Of(p, p + q);
            }
        }
    }
}
