using RealtimeHub.Science.H3;

namespace RealtimeHub.Tests.Science.H3;

public sealed class PolygonToCellsTests
{
    [Fact]
    public void A_reservation_without_a_cell_centre_still_overlaps_cells()
    {
        var vector = H3Vectors.Of("polygonToCells").First(v => v.GetProperty("name").GetString()!.EndsWith("#kickapoo-ks"));
        var kickapoo = vector.Polygons().Single();

        Assert.Empty(H3Grid.PolygonToCells(kickapoo, 5, ContainmentMode.Center));
        Assert.Equal(3, H3Grid.PolygonToCells(kickapoo, 5, ContainmentMode.Overlapping).Length);
    }

    [Fact]
    public void Cells_that_overlap_include_those_by_centre_and_hold_every_point_inside()
    {
        var random = new Random(3);

        for (var i = 0; i < 60; i++)
        {
            var center = new LatLng((random.NextDouble() * 150.0) - 75.0, (random.NextDouble() * 360.0) - 180.0);
            var resolution = i % 6;
            var ring = Star(center, random, 3.0);
            var overlapping = H3Grid.PolygonToCells([ring], resolution, ContainmentMode.Overlapping).ToHashSet();
            Assert.Subset(overlapping, H3Grid.PolygonToCells([ring], resolution, ContainmentMode.Center).ToHashSet());
            for (var p = 0; p < 200; p++)
            {
                var corner = ring[random.Next(ring.Length)];
                var part = random.NextDouble() * 0.98;
                var point = new LatLng(
                    center.LatitudeDegrees + (part * (corner[1] - center.LatitudeDegrees)),
                    center.LongitudeDegrees + (part * Math.IEEERemainder(corner[0] - center.LongitudeDegrees, 360.0)));
                Assert.Contains(H3Grid.LatLngToCell(point, resolution), overlapping);
            }
        }
    }

    [Fact]
    public void A_polygon_within_one_cell_overlaps_that_cell()
    {
        foreach (var baseCell in H3Grid.GetRes0Cells())
        {
            for (var resolution = 0; resolution <= 4; resolution++)
            {
                var cell = H3Grid.CellToCenterChild(baseCell, resolution);
                var center = H3Grid.CellToLatLng(cell);
                var ring = Star(center with { LongitudeDegrees = center.LongitudeDegrees + 1e-3 }, new Random(1), 1e-4);
                Assert.Equal([cell], H3Grid.PolygonToCells([ring], resolution, ContainmentMode.Overlapping));
            }
        }
    }

    [Fact]
    public void A_cell_around_a_hole_overlaps_although_its_centre_lies_in_the_hole()
    {
        var cell = H3Grid.LatLngToCell(new LatLng(38.5, -98.0), 5);
        var center = H3Grid.CellToLatLng(cell);
        double[][][] rings = [Square(center, 1.0), Square(center, 0.01)];

        Assert.DoesNotContain(cell, H3Grid.PolygonToCells(rings, 5, ContainmentMode.Center));
        Assert.Contains(cell, H3Grid.PolygonToCells(rings, 5, ContainmentMode.Overlapping));
        Assert.DoesNotContain(cell, H3Grid.PolygonToCells([Square(center, 1.0), Square(center, 0.5)], 5, ContainmentMode.Overlapping));
    }

    [Fact]
    public void A_polygon_across_the_antimeridian_is_the_same_however_it_is_written()
    {
        double[][] jumping = [[179, -18], [-179, -18], [-179, -16], [179, -16], [179, -18]];
        double[][] going = [[179, -18], [181, -18], [181, -16], [179, -16]];
        double[][] west = [[-181, -18], [-179, -18], [-179, -16], [-181, -16]];
        var cells = H3Grid.PolygonToCells([jumping], 5, ContainmentMode.Overlapping);

        Assert.Equal(cells, H3Grid.PolygonToCells([going], 5, ContainmentMode.Overlapping));
        Assert.Equal(cells, H3Grid.PolygonToCells([west], 5, ContainmentMode.Overlapping));
        Assert.Equal(200, H3Grid.PolygonToCells([west], 5, ContainmentMode.Center).Length);
    }

    [Fact]
    public void The_whole_world_has_all_cells()
    {
        double[][] world = [[-180, -90], [180, -90], [180, 90], [-180, 90], [-180, -90]];

        Assert.Equal(H3Grid.GetNumCells(2), H3Grid.PolygonToCells([world], 2, ContainmentMode.Center).Length);
        Assert.Equal(H3Grid.GetNumCells(2), H3Grid.PolygonToCells([world], 2, ContainmentMode.Overlapping).Length);
    }

    [Fact]
    public void A_polar_cap_has_the_cell_at_the_pole()
    {
        double[][] cap = [[-180, 89], [-90, 89], [0, 89], [90, 89], [180, 89], [180, 90], [-180, 90], [-180, 89]];
        var pole = H3Grid.LatLngToCell(new LatLng(90, 0), 3);

        Assert.Contains(pole, H3Grid.PolygonToCells([cap], 3, ContainmentMode.Overlapping));
        Assert.Contains(pole, H3Grid.PolygonToCells([Square(new LatLng(89.9, 10.0), 0.05)], 3, ContainmentMode.Overlapping));
    }

    [Fact]
    public void Rings_that_are_none_are_refused()
    {
        Assert.Empty(H3Grid.PolygonToCells([], 3, ContainmentMode.Center));
        AssertRefused([[0, 0], [1, 1], [0, 0]]);
        AssertRefused([[0, 80], [120, 80], [-120, 80], [0, 80]]);
        AssertRefused([[0, 0], [1, 91], [2, 0]]);
        AssertRefused([[0, 0], [double.NaN, 1], [2, 0]]);

        static void AssertRefused(double[][] ring) =>
            Assert.Throws<ArgumentException>(() => H3Grid.PolygonToCells([ring], 3, ContainmentMode.Center));
    }

    private static double[][] Square(LatLng center, double halfWidth) =>
    [
        [center.LongitudeDegrees - halfWidth, center.LatitudeDegrees - halfWidth],
        [center.LongitudeDegrees + halfWidth, center.LatitudeDegrees - halfWidth],
        [center.LongitudeDegrees + halfWidth, center.LatitudeDegrees + halfWidth],
        [center.LongitudeDegrees - halfWidth, center.LatitudeDegrees + halfWidth],
    ];

    // Any point on a ray from the centre to a corner lies inside.
    private static double[][] Star(LatLng center, Random random, double size)
    {
        var ring = new double[12][];
        for (var i = 0; i < ring.Length; i++)
        {
            var (sin, cos) = Math.SinCos(i * Math.PI / 6.0);
            var radius = size * (0.3 + (0.7 * random.NextDouble()));
            ring[i] = [Math.IEEERemainder(center.LongitudeDegrees + (radius * cos), 360.0), center.LatitudeDegrees + (radius * sin)];
        }

        return ring;
    }
}
