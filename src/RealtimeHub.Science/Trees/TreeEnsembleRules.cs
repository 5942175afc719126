namespace RealtimeHub.Science.Trees;

/// <summary>What must hold for a stored ensemble before it is used.</summary>
internal static class TreeEnsembleRules
{
    public static void Check(TreeEnsembleModel model)
    {
        Require(model.Format == TreeEnsembleModel.CurrentFormat, $"Format is {model.Format}; this version reads {TreeEnsembleModel.CurrentFormat}.");
        Require(model.Depth is >= 1 and <= TreeEnsemble.MaxDepth, $"Depth is {model.Depth}; it must be 1 to {TreeEnsemble.MaxDepth}.");
        var features = model.FeatureNames.Count;
        Require(features is >= 1 and <= TreeEnsemble.MaxFeatures, $"There are {features} features; there must be 1 to {TreeEnsemble.MaxFeatures}.");
        Require(double.IsFinite(model.BaseValue), "BaseValue is not a number.");
        CheckLengths(model);
        for (var node = 0; node < model.Features.Count; node++)
        {
            var feature = model.Features[node];
            Require(feature >= -1 && feature < features, $"Features[{node}] is {feature}; it must be −1 to {features - 1}.");
            Require(float.IsFinite(model.Thresholds[node]), $"Thresholds[{node}] is not a number.");
        }

        for (var tree = 0; tree < model.LeafValues.Count >> model.Depth; tree++)
        {
            CheckTree(model, tree);
        }
    }

    private static void CheckLengths(TreeEnsembleModel model)
    {
        var leavesPerTree = 1 << model.Depth;
        var trees = model.LeafValues.Count / leavesPerTree;
        Require(
            model.LeafValues.Count == trees * leavesPerTree,
            $"LeafValues has {model.LeafValues.Count} values, which is not a multiple of {leavesPerTree}.");
        var nodes = trees * (leavesPerTree - 1);
        Require(model.Features.Count == nodes, $"Features has {model.Features.Count} values; {trees} trees need {nodes}.");
        Require(model.Thresholds.Count == nodes, $"Thresholds has {model.Thresholds.Count} values; {trees} trees need {nodes}.");
    }

    /// <summary>Below a place that does not split nothing splits, and all leaves are equal.</summary>
    private static void CheckTree(TreeEnsembleModel model, int tree)
    {
        var places = (1 << model.Depth) - 1;
        var leaves = tree << model.Depth;
        for (var leaf = leaves; leaf <= leaves + places; leaf++)
        {
            Require(double.IsFinite(model.LeafValues[leaf]), $"LeafValues[{leaf}] is not a number.");
        }

        for (var place = 0; place < places; place++)
        {
            if (model.Features[(tree * places) + place] >= 0)
            {
                continue;
            }

            var (left, right) = ((2 * place) + 1, (2 * place) + 2);
            Require(left >= places || (model.Features[(tree * places) + left] < 0 && model.Features[(tree * places) + right] < 0),
                $"Tree {tree} splits below place {place}, which does not split.");
            Require(model.LeafValues[leaves + FirstLeaf(left, places)].Equals(model.LeafValues[leaves + FirstLeaf(right, places)]),
                $"Tree {tree} has different leaves below place {place}, which does not split.");
        }
    }

    private static int FirstLeaf(int place, int places)
    {
        while (place < places)
        {
            place = (2 * place) + 1;
        }

        return place - places;
    }

    private static void Require(bool condition, string message)
    {
        if (!condition)
        {
            throw new ArgumentException($"The tree ensemble cannot be used. {message}");
        }
    }
}
