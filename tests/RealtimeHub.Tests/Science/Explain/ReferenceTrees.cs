using RealtimeHub.Science.Trees;
using RealtimeHub.Tests.Science.Trees;

namespace RealtimeHub.Tests.Science.Explain;

/// <summary>The boosted trees of shap.json, brought into heap order.</summary>
internal static class ReferenceTrees
{
    private const int Depth = 3;

    public static TreeEnsembleModel Model()
    {
        var parameters = ShapReference.Parameters("gradient-boosted-trees");
        var rate = parameters.GetProperty("learning_rate").GetDouble();
        var (features, thresholds, leaves) = (new List<int>(), new List<float>(), new List<double>());
        foreach (var tree in parameters.GetProperty("trees").EnumerateArray())
        {
            var (left, right) = (ShapReference.Doubles(tree.GetProperty("left")), ShapReference.Doubles(tree.GetProperty("right")));
            var (feature, threshold) = (ShapReference.Doubles(tree.GetProperty("feature")), ShapReference.Doubles(tree.GetProperty("threshold")));
            var value = ShapReference.Doubles(tree.GetProperty("value"));
            var nodes = new int[(2 << Depth) - 1];
            for (var place = 0; place < nodes.Length; place++)
            {
                var split = left[nodes[place]] >= 0;
                if (place < nodes.Length / 2)
                {
                    nodes[(2 * place) + 1] = split ? (int)left[nodes[place]] : nodes[place];
                    nodes[(2 * place) + 2] = split ? (int)right[nodes[place]] : nodes[place];
                    features.Add(split ? (int)feature[nodes[place]] : -1);
                    thresholds.Add(split ? Below(threshold[nodes[place]]) : 0);
                }
                else
                {
                    leaves.Add(rate * value[nodes[place]]);
                }
            }
        }

        return RandomEnsembles.Of(6, Depth, [.. features], [.. thresholds], [.. leaves], parameters.GetProperty("init").GetDouble());
    }

    /// <summary>The largest float32 that is not above the threshold: for values that are float32 themselves it asks the same.</summary>
    private static float Below(double threshold)
    {
        var nearest = (float)threshold;
        return nearest <= threshold ? nearest : MathF.BitDecrement(nearest);
    }
}
