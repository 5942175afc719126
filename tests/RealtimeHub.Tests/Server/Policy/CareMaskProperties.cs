using FsCheck;
using FsCheck.Fluent;
using RealtimeHub.Server.Hubs.Climate.Data;
using RealtimeHub.Server.Policy;
using RealtimeHub.Server.Policy.Masks;
using RealtimeHub.Tests.Engine;

namespace RealtimeHub.Tests.Server.Policy;

/// <summary>No sequence of requests tells more than the decision allows: boxes, shifted windows, points and tiles at random, put together by an attacker who knows every rule.</summary>
public class CareMaskProperties
{
    private static readonly PolicyBench Bench = new();
    private static readonly FieldGrid Grid = PolicyBench.Kansas;
    private static readonly MaskedGrid Truth = new MaskBuilder(Grid, 3).Build(Bench.Policies.Current.Areas);

    private static readonly Arbitrary<CarePlace[]> Sequences = Gen.ArrayOf(Places(), 12).ToArbitrary();

    [Fact]
    public void P161_what_is_shown_of_a_point_does_not_depend_on_what_was_asked_for()
    {
        var values = PolicyBench.Telling(Grid);
        var whole = new CareMask(Truth, Grid.Whole).Apply(values);

        Properties.Hold(Sequences, places => Assert.All(Ask(places), mask =>
        {
            var shown = mask.Apply(values);
            var points = CareMask.Points(Grid, mask.Window).ToArray();
            Assert.All(points.Select((p, i) => (p, i)), e => Assert.Equal(BitConverter.SingleToInt32Bits(whole[e.p]), BitConverter.SingleToInt32Bits(shown[e.i])));
        }), 100);
    }

    [Fact]
    public void P161_two_worlds_that_differ_only_in_what_is_hidden_look_the_same()
    {
        // Whatever lies under a mask is changed: concealed points at will, points of a cell so that their mean stays.
        var one = PolicyBench.Telling(Grid);
        var two = (float[])one.Clone();
        foreach (var group in Truth.Groups)
        {
            (two[group.Points[0]], two[group.Points[1]]) = (two[group.Points[0]] + 8f, two[group.Points[1]] - 8f);
        }

        foreach (var point in Enumerable.Range(0, Grid.Points).Where(p => Truth.StateOf(p) is CareCellState.Concealed))
        {
            two[point] = -99f + point;
        }

        Properties.Hold(Sequences, places => Assert.All(Ask(places), mask =>
            Assert.Equal(mask.Apply(one).Select(v => Math.Round(v, 3)), mask.Apply(two).Select(v => Math.Round(v, 3)))), 100);
    }

    [Fact]
    public void P161_solving_the_equations_of_a_whole_sequence_gives_no_hidden_value()
    {
        // A small source, so that the attacker's system of equations can be solved exactly: one column per point, one row per value seen.
        var grid = PolicyBench.Regular(38.1, 39.0, -97.1, -96.0, 0.1);
        var policy = PolicyBench.Of(("deny", 6, new(-96.75, 38.52, -96.7, 38.56)), ("generalize", 5, new(-96.5, 38.3, -96.3, 38.5)), ("generalize", 6, new(-96.35, 38.4, -96.25, 38.45)));
        var bench = new PolicyBench(policy);
        var masked = new MaskBuilder(grid, 3).Build(policy.Areas);
        var hidden = Enumerable.Range(0, grid.Points).Where(p => masked.StateOf(p) is not CareCellState.Open).ToList();
        Assert.NotEmpty(masked.Groups);
        Assert.Contains(hidden, p => masked.StateOf(p) is CareCellState.Concealed);

        Properties.Hold(Gen.ArrayOf(Places(new GeoBox(-97.2, 38.0, -95.9, 39.1)), 40).ToArbitrary(), places =>
        {
            var masks = Ask(places, bench, grid);
            var equations = new AttackerEquations(grid.Points);
            foreach (var mask in masks)
            {
                equations.Add(mask);
            }

            Assert.True(masks.Count == 0 || equations.Rank > 0);
            Assert.All(hidden, p => Assert.False(equations.Determines([p]), $"The attacker knows point {p}."));
            Assert.All(masked.Groups, g => Assert.False(equations.Determines(g.Points[..2]), $"The attacker knows the mean of two points of {g.Cell}."));
        }, 30);
    }

    [Fact]
    public void P161_nothing_is_shown_of_a_point_under_an_area_that_denies()
    {
        Properties.Hold(Sequences, places => Assert.All(Ask(places), mask =>
        {
            var shown = mask.Apply(PolicyBench.Telling(Grid));
            var points = CareMask.Points(Grid, mask.Window).ToArray();
            Assert.All(points.Select((p, i) => (p, i)).Where(e => Truth.StateOf(e.p) is CareCellState.Concealed), e => Assert.True(float.IsNaN(shown[e.i])));
        }), 50);
    }

    [Fact]
    public void P161_a_missing_value_leaves_no_mean_of_fewer_than_k()
    {
        var values = PolicyBench.Telling(Grid);
        var group = Truth.Groups.MinBy(g => g.Points.Length)!;
        foreach (var point in group.Points[2..])
        {
            values[point] = float.NaN;
        }

        var shown = new CareMask(Truth, Grid.Whole).Apply(values);

        Assert.All(group.Points, p => Assert.True(float.IsNaN(shown[p])));
    }

    [Fact]
    public void SourceWindow_holds_every_point_that_a_delivered_value_is_made_of()
    {
        var values = PolicyBench.Telling(Grid);

        Properties.Hold(Sequences, places => Assert.All(Ask(places), mask =>
        {
            var window = mask.SourceWindow(mask.Window);
            var read = new FieldBlock(0, 1, window).CutFrom(values, Grid.Rows, Grid.Columns);
            Assert.Equal(mask.Apply(values), mask.Apply(read, window, mask.Window));
        }), 50);
    }

    [Fact]
    public void Apply_refuses_values_that_a_mean_cannot_be_made_of()
    {
        var mask = new CareMask(Truth, Grid.Whole);
        var group = Truth.Groups[0];
        var one = new GridWindow(group.Points[0] / Grid.Columns, group.Points[0] % Grid.Columns, 1, 1);

        Assert.Throws<ArgumentException>(() => mask.Apply([1f], one, one));
    }

    private static Gen<CarePlace> Places(GeoBox? within = null)
    {
        var area = within ?? new GeoBox(-102.4, 36.6, -94.2, 40.4);
        var place = from a in Gen.Choose(0, 1_000_000)
                    from b in Gen.Choose(0, 1_000_000)
                    select (X: area.West + ((area.East - area.West) * a / 1e6), Y: area.South + ((area.North - area.South) * b / 1e6));
        var boxes = from corner in place
                    from width in Gen.Choose(1, 300)
                    from height in Gen.Choose(1, 200)
                    select (CarePlace)new CarePlace.Box(new GeoBox(corner.X, corner.Y, Math.Min(area.East, corner.X + (width / 100.0)), Math.Min(area.North, corner.Y + (height / 100.0))));
        var points = place.Select(p => (CarePlace)new CarePlace.Point(p.Y, p.X));
        var tiles = from p in place
                    from zoom in Gen.Choose(5, 12)
                    select (CarePlace)CareDeciderTests.TileAt(zoom, p.Y, p.X);
        return Gen.OneOf(boxes, boxes, points, tiles);
    }

    private static List<CareMask> Ask(CarePlace[] places) => Ask(places, Bench, Grid);

    private static List<CareMask> Ask(CarePlace[] places, PolicyBench bench, FieldGrid grid) =>
        [.. places.Select(p => bench.Decider.Decide(PolicyBench.Ask(p) with { Grid = grid })).Select(d => d.Mask).OfType<CareMask>()];
}
