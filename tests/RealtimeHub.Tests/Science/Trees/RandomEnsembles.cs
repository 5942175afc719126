using RealtimeHub.Science.Randomness;
using RealtimeHub.Science.Trees;

namespace RealtimeHub.Tests.Science.Trees;

/// <summary>Ensembles and rows made up from a seed.</summary>
internal static class RandomEnsembles
{
    public static TreeEnsembleModel Model(ulong seed, int features, int trees, int depth)
    {
        var (nodes, leaves) = ((1 << depth) - 1, 1 << depth);
        var (featureOf, thresholds, values) = (new int[trees * nodes], new float[trees * nodes], new double[trees * leaves]);
        var draws = 0UL;
        for (var tree = 0; tree < trees; tree++)
        {
            for (var leaf = 0; leaf < leaves; leaf++)
            {
                values[(tree * leaves) + leaf] = (20 * SplitMix64.UnitAt(seed, draws++)) - 10;
            }

            for (var place = 0; place < nodes; place++)
            {
                var unsplit = place > 0 && featureOf[(tree * nodes) + ((place - 1) / 2)] < 0;
                var node = (tree * nodes) + place;
                featureOf[node] = unsplit || SplitMix64.UnitAt(seed, draws++) < 0.1 ? -1 : (int)(SplitMix64.UnitAt(seed, draws++) * features);
                thresholds[node] = featureOf[node] < 0 ? 0 : Value(seed, draws++);
            }

            EvenOut(featureOf.AsSpan(tree * nodes, nodes), values.AsSpan(tree * leaves, leaves));
        }

        return Of(features, depth, featureOf, thresholds, values);
    }

    public static TreeEnsembleModel Of(int features, int depth, int[] featureOf, float[] thresholds, double[] leaves, double baseValue = 0.25) => new()
    {
        Target = "made up",
        Unit = "1",
        FeatureNames = [.. Enumerable.Range(0, features).Select(feature => $"x{feature}")],
        Depth = depth,
        BaseValue = baseValue,
        Features = featureOf,
        Thresholds = thresholds,
        LeafValues = leaves,
        Training = new("made up", new(), 0, 0, 0),
    };

    /// <summary>Values in steps of a quarter from −2 to 2, so that equal values, and values equal to a threshold, are frequent.</summary>
    public static float[] Rows(ulong seed, int rows, int features) =>
        [.. Enumerable.Range(0, rows * features).Select(index => Value(seed, (ulong)index))];

    private static float Value(ulong seed, ulong draw) => (float)((Math.Floor(SplitMix64.UnitAt(~seed, draw) * 17) / 4) - 2);

    private static void EvenOut(Span<int> features, Span<double> leaves)
    {
        for (var place = features.Length - 1; place >= 0; place--)
        {
            var (low, high) = (place, place);
            while (features[place] < 0 && low < features.Length)
            {
                (low, high) = ((2 * low) + 1, (2 * high) + 2);
            }

            if (features[place] < 0)
            {
                leaves[(low - features.Length)..(high - features.Length + 1)].Fill(leaves[low - features.Length]);
            }
        }
    }
}
