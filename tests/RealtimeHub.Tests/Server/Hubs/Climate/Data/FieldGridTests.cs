using FsCheck.Fluent;
using RealtimeHub.Server.Hubs.Climate.Data;
using RealtimeHub.Tests.Engine;

namespace RealtimeHub.Tests.Server.Hubs.Climate.Data;

public class FieldGridTests
{
    private static readonly FieldGrid Regular = new(FieldGridKind.Regular, 3, 4, [37, 38, 39], [-100, -99, -98, -97], null);

    // Rows and columns turned by a few degrees, as on a Lambert grid.
    private static readonly FieldGrid Turned = new(
        FieldGridKind.Curvilinear, 3, 4, [37, 37.1, 37.2, 37.3, 38, 38.1, 38.2, 38.3, 39, 39.1, 39.2, 39.3],
        [-100, -99, -98, -97, -100.1, -99.1, -98.1, -97.1, -100.2, -99.2, -98.2, -97.2], null);

    [Fact]
    public void WindowOf_includes_points_on_the_edge_of_the_box()
    {
        Assert.Equal(new GridWindow(1, 1, 2, 2), Regular.WindowOf(new GeoBox(-99, 38, -98, 39)));
        Assert.Equal(new GridWindow(0, 0, 3, 4), Regular.WindowOf(new GeoBox(-180, -90, 180, 90)));
        Assert.Null(Regular.WindowOf(new GeoBox(-98.9, 38.1, -98.1, 38.9)));
    }

    [Fact]
    public void Cut_keeps_the_place_of_every_point()
    {
        foreach (var grid in new[] { Regular, Turned })
        {
            var cut = grid.Cut(new GridWindow(1, 2, 2, 2));

            Assert.Equal((2, 2), (cut.Rows, cut.Columns));
            Assert.Equal((grid.LatitudeAt(2, 3), grid.LongitudeAt(2, 3)), (cut.LatitudeAt(1, 1), cut.LongitudeAt(1, 1)));
            Assert.Equal((grid.LatitudeAt(1, 2), grid.LongitudeAt(1, 2)), (cut.LatitudeAt(0, 0), cut.LongitudeAt(0, 0)));
        }
    }

    [Fact]
    public void WindowOf_holds_every_point_of_any_box()
    {
        var boxes = Gen.ArrayOf(Gen.Choose(0, 600), 4).Select(n => new GeoBox(
            -102 + (Math.Min(n[0], n[1]) / 100.0), 36 + (Math.Min(n[2], n[3]) / 100.0), -102 + (Math.Max(n[0], n[1]) / 100.0), 36 + (Math.Max(n[2], n[3]) / 100.0)));

        Properties.Hold(boxes.ToArbitrary(), box =>
        {
            foreach (var grid in new[] { Regular, Turned })
            {
                var window = grid.WindowOf(box);
                for (var i = 0; i < grid.Points; i++)
                {
                    var (row, column) = (i / grid.Columns, i % grid.Columns);
                    var isInWindow = window is { } w && row >= w.Row && row < w.Row + w.Rows && column >= w.Column && column < w.Column + w.Columns;
                    Assert.True(isInWindow || !box.Contains(grid.LatitudeAt(row, column), grid.LongitudeAt(row, column)));
                }
            }
        });
    }
}
