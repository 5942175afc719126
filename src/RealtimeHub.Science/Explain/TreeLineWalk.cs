using RealtimeHub.Science.Trees;

namespace RealtimeHub.Science.Explain;

/// <summary>Follows one tree along the line from a baseline row to a row.</summary>
internal readonly ref struct TreeLineWalk(TreeEnsemble ensemble, int tree, Span<double> crossings, ulong rowOutcomes, ulong baselineOutcomes)
{
    /// <summary>A place where the line crosses nothing; beyond the end of the line, which is 1.</summary>
    private const double Never = double.PositiveInfinity;

    private readonly Span<double> _crossings = crossings;

    /// <summary>Finds how far along the line, from 0 to 1, each place of the tree changes its answer.</summary>
    public void FindCrossings(ReadOnlySpan<float> row, ReadOnlySpan<float> baseline)
    {
        var changes = rowOutcomes ^ baselineOutcomes;
        for (var place = 0; place < _crossings.Length; place++)
        {
            var feature = ensemble.FeatureAt(tree, place);
            _crossings[place] = feature < 0 || (changes >> place & 1) == 0
                ? Never
                : ((double)ensemble.ThresholdAt(tree, place) - baseline[feature]) / ((double)row[feature] - baseline[feature]);
        }
    }

    /// <summary>Adds the jump at each crossing to the feature that crosses.</summary>
    public void Attribute(Span<double> contributions)
    {
        var outcomes = baselineOutcomes;
        for (var position = NextCrossing(double.NegativeInfinity, outcomes); position < Never; position = NextCrossing(position, outcomes))
        {
            // What was crossed off the way meanwhile counts once the way turns there.
            var (crossed, passed) = PlacesAt(position);
            outcomes = With(outcomes, passed);
            Step(outcomes, crossed, ascending: true, contributions);
            Step(outcomes, crossed, ascending: false, contributions);
            outcomes = With(outcomes, crossed);
        }
    }

    /// <summary>The first crossing beyond a position on the way that the tree takes there; crossings off that way change nothing.</summary>
    private double NextCrossing(double position, ulong outcomes)
    {
        var next = Never;
        for (var place = 0; place < _crossings.Length; place = Child(place, outcomes))
        {
            next = _crossings[place] > position && _crossings[place] < next ? _crossings[place] : next;
        }

        return next;
    }

    private void Step(ulong outcomes, ulong crossed, bool ascending, Span<double> contributions)
    {
        var before = Leaf(outcomes);
        while (crossed != 0)
        {
            var feature = EdgeFeature(crossed, ascending);
            var places = crossed & PlacesOf(feature);
            crossed &= ~places;
            outcomes = With(outcomes, places);
            var after = Leaf(outcomes);
            contributions[feature] += (after - before) / 2;
            before = after;
        }
    }

    private int EdgeFeature(ulong places, bool lowest)
    {
        var edge = -1;
        for (var place = 0; place < _crossings.Length; place++)
        {
            var feature = ensemble.FeatureAt(tree, place);
            if ((places >> place & 1) != 0 && (edge < 0 || (lowest ? feature < edge : feature > edge)))
            {
                edge = feature;
            }
        }

        return edge;
    }

    private (ulong Crossed, ulong Passed) PlacesAt(double position)
    {
        var (crossed, passed) = (0UL, 0UL);
        for (var place = 0; place < _crossings.Length; place++)
        {
            crossed |= _crossings[place] == position ? 1UL << place : 0;
            passed |= _crossings[place] < position ? 1UL << place : 0;
        }

        return (crossed, passed);
    }

    private ulong With(ulong outcomes, ulong places) => (outcomes & ~places) | (rowOutcomes & places);

    private ulong PlacesOf(int feature)
    {
        var places = 0UL;
        for (var place = 0; place < _crossings.Length; place++)
        {
            places |= ensemble.FeatureAt(tree, place) == feature ? 1UL << place : 0;
        }

        return places;
    }

    private double Leaf(ulong outcomes)
    {
        var place = 0;
        while (place < _crossings.Length)
        {
            place = Child(place, outcomes);
        }

        return ensemble.LeafAt(tree, place - _crossings.Length);
    }

    private static int Child(int place, ulong outcomes) => (2 * place) + 1 + (int)(outcomes >> place & 1);
}
