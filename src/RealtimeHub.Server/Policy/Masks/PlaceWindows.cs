using RealtimeHub.Server.Hubs.Climate.Data;

namespace RealtimeHub.Server.Policy.Masks;

/// <summary>Which points of a grid a place covers.</summary>
internal static class PlaceWindows
{
    public static GridWindow Of(FieldGrid grid, CarePlace place) => place switch
    {
        CarePlace.Point point => Nearest(grid, point.Latitude, point.Longitude),
        CarePlace.Tile => Around(grid, Inside(grid, place.Bounds)),
        _ => Inside(grid, place.Bounds),
    };

    // A box between the points shows what its middle shows.
    private static GridWindow Inside(FieldGrid grid, GeoBox box) =>
        grid.WindowOf(box) ?? Nearest(grid, (box.South + box.North) / 2, (box.West + box.East) / 2);

    // The pixels of a tile are interpolated from the points around it too.
    private static GridWindow Around(FieldGrid grid, GridWindow window)
    {
        var (south, west) = (Math.Max(0, window.Row - 1), Math.Max(0, window.Column - 1));
        return new GridWindow(
            south, west, Math.Min(grid.Rows, window.Row + window.Rows + 1) - south, Math.Min(grid.Columns, window.Column + window.Columns + 1) - west);
    }

    private static GridWindow Nearest(FieldGrid grid, double latitude, double longitude)
    {
        var (best, nearest) = (0, double.MaxValue);
        var narrowing = Math.Cos(latitude * Math.PI / 180);
        for (var point = 0; point < grid.Points; point++)
        {
            var (row, column) = (point / grid.Columns, point % grid.Columns);
            var (north, east) = (grid.LatitudeAt(row, column) - latitude, (grid.LongitudeAt(row, column) - longitude) * narrowing);
            var distance = (north * north) + (east * east);
            if (distance < nearest)
            {
                (best, nearest) = (point, distance);
            }
        }

        return new GridWindow(best / grid.Columns, best % grid.Columns, 1, 1);
    }
}
