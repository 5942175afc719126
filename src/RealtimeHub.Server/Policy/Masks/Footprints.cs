using NetTopologySuite.Geometries;
using RealtimeHub.Server.Hubs.Climate.Data;

namespace RealtimeHub.Server.Policy.Masks;

/// <summary>The ground that a grid point stands for: the box half-way to its neighbours.</summary>
internal static class Footprints
{
    private const double KmPerDegree = 111.32;

    /// <summary>Half the distance to the farthest direct neighbour, in degrees of latitude and of longitude.</summary>
    public static (double Latitude, double Longitude) HalfExtent(FieldGrid grid, int row, int column)
    {
        var (latitude, longitude) = (0.0, 0.0);
        for (var r = Math.Max(0, row - 1); r <= Math.Min(grid.Rows - 1, row + 1); r++)
        {
            for (var c = Math.Max(0, column - 1); c <= Math.Min(grid.Columns - 1, column + 1); c++)
            {
                if (r == row || c == column)
                {
                    latitude = Math.Max(latitude, Math.Abs(grid.LatitudeAt(r, c) - grid.LatitudeAt(row, column)));
                    longitude = Math.Max(longitude, Math.Abs(grid.LongitudeAt(r, c) - grid.LongitudeAt(row, column)));
                }
            }
        }

        return (latitude / 2, longitude / 2);
    }

    public static Envelope Of(FieldGrid grid, int point, (double Latitude, double Longitude) half)
    {
        var (row, column) = (point / grid.Columns, point % grid.Columns);
        var (latitude, longitude) = (grid.LatitudeAt(row, column), grid.LongitudeAt(row, column));
        return new Envelope(longitude - half.Longitude, longitude + half.Longitude, latitude - half.Latitude, latitude + half.Latitude);
    }

    public static double AverageKm2(FieldGrid grid, (double Latitude, double Longitude)[] halves)
    {
        var kmPerDegreeEast = KmPerDegree * Math.Cos(grid.LatitudeAt(grid.Rows / 2, grid.Columns / 2) * Math.PI / 180);
        return halves.Average(h => 4 * h.Latitude * KmPerDegree * h.Longitude * kmPerDegreeEast);
    }
}
