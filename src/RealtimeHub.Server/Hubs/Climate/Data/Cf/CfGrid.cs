using RealtimeHub.Server.Hubs.Climate.Data.Zarr;

namespace RealtimeHub.Server.Hubs.Climate.Data.Cf;

/// <summary>The grid of a store, turned so that rows run from south to north.</summary>
/// <remarks>
/// RowDimension: the dimension that counts rows.
/// ColumnDimension: the dimension that counts columns.
/// IsFlipped: the store's rows run from north to south.
/// </remarks>
internal sealed record CfGrid(FieldGrid Grid, string RowDimension, string ColumnDimension, bool IsFlipped)
{
    private const int MaxPoints = 16 << 20;

    public static async ValueTask<CfGrid> ReadAsync(ZarrStore store, CfRoles roles, CancellationToken cancellationToken)
    {
        if (roles.Latitude is not { Dimensions: { } rows } latitude || roles.Longitude is not { Dimensions: { } columns } longitude)
        {
            throw new ZarrFormatException(store.Name, null, "latitude and longitude", "are not there as coordinates, so the store has no grid");
        }

        if (latitude.Rank != longitude.Rank || (latitude.Rank == 2 && !rows.SequenceEqual(columns)))
        {
            throw new ZarrFormatException(store.Name, longitude.Name, "shape", "does not go with that of the latitudes");
        }

        var size = latitude.Rank == 2 ? (Rows: latitude.Shape[0], Columns: latitude.Shape[1]) : (Rows: latitude.Shape[0], Columns: longitude.Shape[0]);
        if ((long)size.Rows * size.Columns is < 1 or > MaxPoints || (latitude.Rank == 2 && !latitude.Shape.SequenceEqual(longitude.Shape)))
        {
            throw new ZarrFormatException(store.Name, latitude.Name, "shape", $"has to make a grid of 1 to {MaxPoints} points");
        }

        var latitudes = await store.Find(latitude.Name)!.ReadAllAsync<double>(cancellationToken);
        var longitudes = await store.Find(longitude.Name)!.ReadAllAsync<double>(cancellationToken);
        RequireRange(store, latitude, latitudes, 90);
        RequireRange(store, longitude, longitudes, 360);
        Normalise(longitudes);
        var mapping = Mapping(store);
        return latitude.Rank == 1
            ? Regular(store, rows[0], columns[0], latitudes, longitudes, mapping)
            : Curvilinear(store, rows, size.Rows, size.Columns, latitudes, longitudes, mapping);
    }

    private static CfGrid Regular(ZarrStore store, string rows, string columns, double[] latitudes, double[] longitudes, GridMapping? mapping)
    {
        var isFlipped = latitudes[0] > latitudes[^1];
        if (isFlipped)
        {
            Array.Reverse(latitudes);
        }

        RequireAscending(store, rows, latitudes);
        RequireAscending(store, columns, longitudes);
        return new CfGrid(new FieldGrid(FieldGridKind.Regular, latitudes.Length, longitudes.Length, latitudes, longitudes, mapping), rows, columns, isFlipped);
    }

    private static CfGrid Curvilinear(
        ZarrStore store, IReadOnlyList<string> dimensions, int rows, int columns, double[] latitudes, double[] longitudes, GridMapping? mapping)
    {
        var middleRow = rows / 2 * columns;
        if (longitudes[middleRow] > longitudes[middleRow + columns - 1])
        {
            throw new ZarrFormatException(store.Name, dimensions[1], "columns", "have to run from west to east");
        }

        var isFlipped = latitudes[columns / 2] > latitudes[((rows - 1) * columns) + (columns / 2)];
        if (isFlipped)
        {
            FieldAxes.FlipRows<double>(latitudes, rows, columns);
            FieldAxes.FlipRows<double>(longitudes, rows, columns);
        }

        var grid = new FieldGrid(FieldGridKind.Curvilinear, rows, columns, latitudes, longitudes, mapping);
        return new CfGrid(grid, dimensions[0], dimensions[1], isFlipped);
    }

    private static void RequireRange(ZarrStore store, ZarrArrayMetadata array, double[] values, double limit)
    {
        if (values.Any(v => !(Math.Abs(v) <= limit)))
        {
            throw new ZarrFormatException(store.Name, array.Name, "values", $"have to be degrees from −{limit} to {limit}");
        }
    }

    private static void RequireAscending(ZarrStore store, string name, double[] values)
    {
        for (var i = 1; i < values.Length; i++)
        {
            if (values[i] <= values[i - 1])
            {
                throw new ZarrFormatException(store.Name, name, "values", "have to run steadily, longitudes from west to east");
            }
        }
    }

    // Longitudes from 0 to 360 become −180 to 180; a grid that would be torn apart by that is refused by its order.
    private static void Normalise(double[] longitudes)
    {
        for (var i = 0; i < longitudes.Length; i++)
        {
            longitudes[i] = longitudes[i] > 180 ? longitudes[i] - 360 : longitudes[i] < -180 ? longitudes[i] + 360 : longitudes[i];
        }
    }

    private static GridMapping? Mapping(ZarrStore store)
    {
        foreach (var array in store.Arrays)
        {
            var attributes = array.Metadata.Attributes;
            if (attributes.Text("grid_mapping_name") is { } name)
            {
                return new GridMapping(
                    name,
                    attributes.Number("earth_radius"),
                    attributes.Number("latitude_of_projection_origin"),
                    attributes.Number("longitude_of_central_meridian"),
                    attributes.Number("standard_parallel"));
            }
        }

        return null;
    }
}
