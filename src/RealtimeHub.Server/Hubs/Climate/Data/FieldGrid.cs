namespace RealtimeHub.Server.Hubs.Climate.Data;

/// <summary>Where the points of a field are. Rows run from south to north, columns from west to east. Immutable; do not write to its arrays.</summary>
/// <remarks>
/// Latitudes: degrees north: one per row of a regular grid, else one per point.
/// Longitudes: degrees east, from −180 to 180: one per column of a regular grid, else one per point.
/// Mapping: the projection, where the source names one.
/// </remarks>
internal sealed record FieldGrid(FieldGridKind Kind, int Rows, int Columns, double[] Latitudes, double[] Longitudes, GridMapping? Mapping)
{
    // A tenth of a metre: coordinates such as 36.9 are rarely exact in binary.
    private const double ToleranceDegrees = 1e-6;

    public int Points => Rows * Columns;

    public GridWindow Whole => new(0, 0, Rows, Columns);

    /// <summary>The smallest box that holds every point.</summary>
    public GeoBox Extent { get; } = new(Longitudes.Min(), Latitudes.Min(), Longitudes.Max(), Latitudes.Max());

    public double LatitudeAt(int row, int column) => Kind == FieldGridKind.Regular ? Latitudes[row] : Latitudes[(row * Columns) + column];

    public double LongitudeAt(int row, int column) => Kind == FieldGridKind.Regular ? Longitudes[column] : Longitudes[(row * Columns) + column];

    /// <summary>The smallest window that holds every point of the box, or null where the box holds none.</summary>
    /// <remarks>In a curvilinear grid the window may hold points outside the box.</remarks>
    public GridWindow? WindowOf(GeoBox box)
    {
        var wide = new GeoBox(
            box.West - ToleranceDegrees, box.South - ToleranceDegrees, box.East + ToleranceDegrees, box.North + ToleranceDegrees);
        int south = Rows, north = -1, west = Columns, east = -1;
        for (var row = 0; row < Rows; row++)
        {
            for (var column = 0; column < Columns; column++)
            {
                if (wide.Contains(LatitudeAt(row, column), LongitudeAt(row, column)))
                {
                    (south, north) = (Math.Min(south, row), row);
                    (west, east) = (Math.Min(west, column), Math.Max(east, column));
                }
            }
        }

        return north < 0 ? null : new GridWindow(south, west, north - south + 1, east - west + 1);
    }

    /// <summary>The part of the grid in a window.</summary>
    public FieldGrid Cut(GridWindow window)
    {
        if (window == Whole)
        {
            return this;
        }

        return Kind == FieldGridKind.Regular
            ? new FieldGrid(
                Kind, window.Rows, window.Columns,
                Latitudes[window.Row..(window.Row + window.Rows)], Longitudes[window.Column..(window.Column + window.Columns)], Mapping)
            : new FieldGrid(Kind, window.Rows, window.Columns, Cut(Latitudes, window), Cut(Longitudes, window), Mapping);
    }

    private double[] Cut(double[] values, GridWindow window)
    {
        var cut = new double[window.Rows * window.Columns];
        for (var row = 0; row < window.Rows; row++)
        {
            Array.Copy(values, ((window.Row + row) * Columns) + window.Column, cut, row * window.Columns, window.Columns);
        }

        return cut;
    }
}
