using NetTopologySuite.Geometries;
using RealtimeHub.Science.H3;
using RealtimeHub.Server.Hubs.Climate.Data;
using RealtimeHub.Server.Policy.Areas;
using RealtimeHub.Server.Policy.Masks;
using RealtimeHub.Server.Policy.Rules;

namespace RealtimeHub.Tests.Server.Policy;

public class MaskBuilderTests
{
    private const int K = 3;

    private static readonly PolicyDocument Policy = PolicyBench.Bundled();

    // Fine, like a storm-scale model; like the bundled surface fields; coarse, like a global model; and turned, as on a Lambert grid.
    public static TheoryData<string> Sources => ["fine", "surface", "global", "turned"];

    [Theory]
    [MemberData(nameof(Sources))]
    public void Build_conceals_every_point_whose_ground_an_area_touches_that_denies(string source)
    {
        var (grid, masked) = Build(source);

        foreach (var area in Policy.Areas.Where(a => a.Rule is ProtectionRule.Deny))
        {
            Assert.All(Touched(grid, area), p => Assert.Equal(CareCellState.Concealed, masked.StateOf(p)));
        }
    }

    [Theory]
    [MemberData(nameof(Sources))]
    public void Build_shows_no_point_whose_ground_an_area_touches_as_it_is(string source)
    {
        var (grid, masked) = Build(source);

        foreach (var area in Policy.Areas)
        {
            var touched = Touched(grid, area);
            Assert.All(touched, p => Assert.NotEqual(CareCellState.Open, masked.StateOf(p)));
            Assert.All(touched, p => Assert.True(masked.GroupOf(p) is not { } group || group.Cell.Resolution <= area.Resolution, $"{area.Name}: {masked.GroupOf(p)}"));
        }
    }

    [Theory]
    [MemberData(nameof(Sources))]
    public void Build_makes_groups_of_k_points_at_least_that_share_nothing(string source)
    {
        var (grid, masked) = Build(source);

        Assert.NotEmpty(masked.Groups);
        Assert.All(masked.Groups, g => Assert.True(g.Points.Length >= K));
        Assert.Equal(masked.Groups.Sum(g => g.Points.Length), masked.Groups.SelectMany(g => g.Points).Distinct().Count());
        Assert.All(masked.Groups.SelectMany(g => g.Points.Select(p => (g, p))), e => Assert.Same(e.g, masked.GroupOf(e.p)));
        Assert.Equal(grid.Points, Enumerable.Range(0, grid.Points).Count(p => masked.StateOf(p) is CareCellState.Open or CareCellState.Concealed) + masked.Groups.Sum(g => g.Points.Length));
    }

    [Fact]
    public void Build_gives_the_same_cells_nothing_but_one_resolution()
    {
        var (_, masked) = Build("fine");

        // No cell that is shown lies in another one that is shown.
        foreach (var group in masked.Groups)
        {
            Assert.DoesNotContain(masked.Groups, o => o.Cell.Resolution < group.Cell.Resolution && H3Grid.CellToParent(group.Cell, o.Cell.Resolution) == o.Cell);
        }
    }

    [Fact]
    public void Cover_of_the_Kickapoo_reservation_at_resolution_5_leaves_no_part_out_though_no_cell_has_its_centre_there()
    {
        var area = Policy.Areas.Single(a => a.Name == "Kickapoo Reservation");

        var byCentre = area.Polygons().SelectMany(p => H3Grid.PolygonToCells(p, 5, ContainmentMode.Center)).ToList();

        Assert.Empty(byCentre);
        Assert.Equal(5, area.Resolution);
        Assert.All(PlacesIn(area), p => Assert.Contains(H3Grid.LatLngToCell(p, 5), area.Cover));
    }

    [Fact]
    public void Cover_of_every_area_holds_every_place_in_it()
    {
        foreach (var area in Policy.Areas)
        {
            Assert.All(PlacesIn(area), p => Assert.Contains(H3Grid.LatLngToCell(p, area.Resolution), area.Cover));
        }
    }

    [Fact]
    public void Cover_is_never_a_cell_alone()
    {
        foreach (var area in Policy.Areas)
        {
            Assert.True(area.Cover.Count >= LeakRules.MinClusterCells, area.Name);
            Assert.True(area.Cover.Count * H3Grid.GetHexagonAreaAvgKm2(area.Resolution) * 1e6 >= LeakRules.MinClusterSquareMetres, area.Name);
            Assert.All(area.Cover, c => Assert.Contains(H3Grid.GridDisk(c, 1), n => n != c && area.Cover.Contains(n)));
        }
    }

    [Fact]
    public void Build_coarsens_until_a_small_area_covers_little_of_its_cell()
    {
        var (_, masked) = Build("fine");

        var larned = masked.Areas.Single(a => a.Area.Name.StartsWith("Fort Larned", StringComparison.Ordinal));

        Assert.True(larned.Area.AreaKm2 / H3Grid.GetHexagonAreaAvgKm2(7) > LeakRules.MaxShareOfCell);
        Assert.Equal(6, larned.Resolution);
    }

    [Fact]
    public void Build_takes_the_finest_resolution_at_which_every_whole_cell_holds_k_points()
    {
        var (grid, masked) = Build("surface");
        var tallgrass = masked.Areas.Single(a => a.Area.Name.StartsWith("Tallgrass", StringComparison.Ordinal));

        var finer = Enumerable.Range(0, grid.Points)
            .GroupBy(p => H3Grid.LatLngToCell(new LatLng(grid.LatitudeAt(p / grid.Columns, 0), grid.LongitudeAt(0, p % grid.Columns)), tallgrass.Resolution + 1))
            .Min(g => g.Count());

        Assert.Equal(4, tallgrass.Resolution);
        Assert.True(finer < K);
    }

    private static (FieldGrid Grid, MaskedGrid Masked) Build(string source)
    {
        var grid = source switch
        {
            "fine" => PolicyBench.Regular(37.5, 40.2, -99.8, -95.2, 0.03),
            "surface" => PolicyBench.Kansas,
            "global" => PolicyBench.Regular(30, 46, -108, -86, 1),
            _ => Turned(),
        };
        return (grid, new MaskBuilder(grid, K).Build(Policy.Areas));
    }

    private static FieldGrid Turned()
    {
        const int Rows = 45;
        const int Columns = 70;
        var (latitudes, longitudes) = (new double[Rows * Columns], new double[Rows * Columns]);
        for (var p = 0; p < latitudes.Length; p++)
        {
            var (row, column) = (p / Columns, p % Columns);
            latitudes[p] = 36.2 + (row * 0.11) + (column * 0.006);
            longitudes[p] = -102.5 + (column * 0.125) - (row * 0.008);
        }

        return new FieldGrid(FieldGridKind.Curvilinear, Rows, Columns, latitudes, longitudes, null);
    }

    // By the test's own geometry: the points whose half-way box meets the outline.
    private static List<int> Touched(FieldGrid grid, ProtectedArea area)
    {
        var factory = new GeometryFactory();
        var touched = new List<int>();
        for (var row = 0; row < grid.Rows; row++)
        {
            for (var column = 0; column < grid.Columns; column++)
            {
                var north = Math.Abs(grid.LatitudeAt(row == 0 ? 1 : row - 1, column) - grid.LatitudeAt(row, column)) * 0.49;
                var east = Math.Abs(grid.LongitudeAt(row, column == 0 ? 1 : column - 1) - grid.LongitudeAt(row, column)) * 0.49;
                var (y, x) = (grid.LatitudeAt(row, column), grid.LongitudeAt(row, column));
                if (area.Geometry.Intersects(factory.ToGeometry(new Envelope(x - east, x + east, y - north, y + north))))
                {
                    touched.Add((row * grid.Columns) + column);
                }
            }
        }

        return touched;
    }

    private static List<LatLng> PlacesIn(ProtectedArea area)
    {
        var (box, factory) = (area.Extent, new GeometryFactory());
        var places = area.Geometry.Coordinates.Select(c => new LatLng(c.Y, c.X)).ToList();
        for (var i = 0; i < 1_600; i++)
        {
            var (x, y) = (box.MinX + (box.Width * (i % 40) / 39), box.MinY + (box.Height * (i / 40) / 39));
            if (area.Geometry.Contains(factory.CreatePoint(new Coordinate(x, y))))
            {
                places.Add(new LatLng(y, x));
            }
        }

        return places;
    }
}
