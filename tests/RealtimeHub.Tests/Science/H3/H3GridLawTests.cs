using RealtimeHub.Science.H3;

namespace RealtimeHub.Tests.Science.H3;

public sealed class H3GridLawTests
{
    private static readonly H3Index[] Pentagons = [.. H3Grid.GetRes0Cells().Where(H3Grid.IsPentagon)];

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Every_cell_contains_its_centre_and_has_mutual_neighbours(int resolution)
    {
        var cells = H3Grid.GetRes0Cells().SelectMany(cell => H3Grid.CellToChildren(cell, resolution)).ToArray();
        var disks = cells.ToDictionary(cell => cell, cell => H3Grid.GridDisk(cell, 1).ToHashSet());

        Assert.Equal(H3Grid.GetNumCells(resolution), cells.Length);
        Assert.Equal(12, cells.Count(H3Grid.IsPentagon));
        foreach (var (cell, disk) in disks)
        {
            Assert.True(cell.IsValidCell);
            Assert.Equal(cell, H3Grid.LatLngToCell(H3Grid.CellToLatLng(cell), resolution));
            Assert.Equal(cell.IsPentagon ? 6 : 7, disk.Count);
            Assert.All(disk, neighbor => Assert.Contains(cell, disks[neighbor]));
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Neighbours_share_two_corners_and_other_cells_none(int resolution)
    {
        var cells = H3Grid.GetRes0Cells().SelectMany(cell => H3Grid.CellToChildren(cell, resolution)).ToArray();
        var cellsAtCorner = cells
            .SelectMany(cell => H3Grid.CellToBoundary(cell).Select(corner => (Corner: Rounded(corner), Cell: cell)))
            .ToLookup(pair => pair.Corner, pair => pair.Cell);

        foreach (var cell in cells)
        {
            var corners = H3Grid.CellToBoundary(cell).Select(Rounded).ToArray();
            var touching = corners.SelectMany(corner => cellsAtCorner[corner]).GroupBy(other => other).ToArray();
            Assert.Equal(H3Grid.GridDisk(cell, 1).Order(), touching.Select(group => group.Key).Order());
            Assert.All(touching, group => Assert.True(group.Key == cell || group.Count() is 2 or 3));
            Assert.Equal(corners.Length, corners.Distinct().Count());
        }
    }

    [Fact]
    public void Points_everywhere_lie_in_the_parents_and_near_the_centres_of_their_cells()
    {
        var random = new Random(15);

        for (var i = 0; i < 2_000; i++)
        {
            var point = new LatLng((random.NextDouble() * 180.0) - 90.0, (random.NextDouble() * 360.0) - 180.0);
            var resolution = i % 16;
            var cell = H3Grid.LatLngToCell(point, resolution);
            Assert.Equal(cell, H3Grid.LatLngToCell(H3Grid.CellToLatLng(cell), resolution));
            for (var coarser = 0; coarser <= resolution; coarser++)
            {
                var parent = H3Grid.CellToParent(cell, coarser);
                Assert.True(parent.IsValidCell && parent.Resolution == coarser && parent.BaseCell == cell.BaseCell);
                Assert.Contains(H3Grid.LatLngToCell(point, coarser), H3Grid.GridDisk(parent, 1));
            }

            if (resolution < 14)
            {
                var children = H3Grid.CellToChildren(cell, resolution + 2);
                Assert.Equal(H3Grid.CellToChildrenSize(cell, resolution + 2), children.Length);
                Assert.Contains(H3Grid.CellToCenterChild(cell, resolution + 2), children);
                Assert.All(children, child => Assert.Equal(cell, H3Grid.CellToParent(child, resolution)));
                Assert.Equal([cell], H3Grid.CompactCells(children).Select(c => c.Resolution < resolution ? default : c));
            }
        }
    }

    [Fact]
    public void Boundaries_have_as_many_corners_as_they_must()
    {
        foreach (var baseCell in Pentagons)
        {
            for (var resolution = 0; resolution <= 15; resolution++)
            {
                var pentagon = H3Grid.CellToCenterChild(baseCell, resolution);
                Assert.Equal(resolution % 2 == 0 ? 5 : 10, H3Grid.CellToBoundary(pentagon).Length);
                Assert.Equal(6, H3Grid.GridDisk(pentagon, 1).Length);
            }
        }

        var counts = H3Grid.GetRes0Cells()
            .SelectMany(cell => H3Grid.CellToChildren(cell, 3))
            .Where(cell => !cell.IsPentagon)
            .Select(cell => H3Grid.CellToBoundary(cell).Length)
            .Distinct();
        Assert.Equal([6, 7, 8], counts.Order());
    }

    [Fact]
    public void GridDisk_grows_by_six_more_cells_in_each_ring()
    {
        var origin = H3Grid.LatLngToCell(new LatLng(38.5, -98.0), 8);

        for (var k = 0; k <= 12; k++)
        {
            var disk = H3Grid.GridDisk(origin, k);
            Assert.Equal(1 + (3 * k * (k + 1)), disk.Length);
            Assert.Equal(origin, disk[0]);
            Assert.Equal(k == 0 ? 1 : 6 * k, disk.Count(cell => H3Grid.GridDistance(origin, cell) == k));
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void GridDistance_is_the_number_of_steps_wherever_it_is_known(int resolution)
    {
        var random = new Random(resolution);
        var neighbors = H3Grid.GetRes0Cells()
            .SelectMany(cell => H3Grid.CellToChildren(cell, resolution))
            .ToDictionary(cell => cell, cell => H3Grid.GridDisk(cell, 1));
        var origins = Pentagons.Take(2)
            .Select(cell => H3Grid.CellToCenterChild(cell, resolution))
            .Concat(random.GetItems(neighbors.Keys.ToArray(), 6));

        foreach (var origin in origins)
        {
            var (known, seen) = (0, new HashSet<H3Index> { origin });
            H3Index[] ring = [origin];
            for (var k = 0; ring.Length > 0; k++)
            {
                foreach (var cell in ring)
                {
                    var distance = H3Grid.GridDistance(origin, cell);
                    known += distance is null ? 0 : 1;
                    Assert.True(distance is null || distance == k, $"{origin} to {cell}: {k} steps, got {distance}.");
                }

                ring = [.. ring.SelectMany(cell => neighbors[cell]).Where(seen.Add)];
            }

            Assert.Equal(neighbors.Count, seen.Count);
            Assert.True(known > seen.Count / 4, $"{origin}: {known} distances.");
        }
    }

    [Fact]
    public void Arguments_out_of_range_are_refused()
    {
        var cell = H3Grid.LatLngToCell(new LatLng(0, 0), 5);

        Assert.Throws<ArgumentOutOfRangeException>(() => H3Grid.LatLngToCell(new LatLng(0, 0), 16));
        Assert.Throws<ArgumentOutOfRangeException>(() => H3Grid.LatLngToCell(new LatLng(90.1, 0), 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => H3Grid.LatLngToCell(new LatLng(0, double.NaN), 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => H3Grid.CellToParent(cell, 6));
        Assert.Throws<ArgumentOutOfRangeException>(() => H3Grid.CellToChildren(cell, 4));
        Assert.Throws<ArgumentException>(() => H3Grid.CellToLatLng(default));
        Assert.Throws<ArgumentException>(() => H3Grid.GridDistance(cell, H3Grid.CellToParent(cell, 4)));
        Assert.Throws<ArgumentException>(() => H3Grid.CompactCells([cell, cell]));
        Assert.Throws<FormatException>(() => H3Index.Parse("8928308280ffff"));
    }

    private static (double, double, double) Rounded(LatLng point)
    {
        var (lat, lng) = (point.LatitudeDegrees * Math.PI / 180.0, point.LongitudeDegrees * Math.PI / 180.0);
        return (Round(Math.Cos(lat) * Math.Cos(lng)), Round(Math.Cos(lat) * Math.Sin(lng)), Round(Math.Sin(lat)));

        // Off the round numbers, on which corners of symmetric cells lie.
        static double Round(double value) => Math.Floor((value + 0.123456789) * 1e7);
    }
}
