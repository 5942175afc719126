namespace RealtimeHub.Protocol.Climate;

/// <summary>Where a story or a focus is.</summary>
/// <param name="Bbox">West, south, east, north of what is shown.</param>
/// <param name="Crs">The coordinate reference system.</param>
/// <param name="Grid">The grid's cells in it.</param>
public sealed record GeospatialContext(IReadOnlyList<double> Bbox, string Crs, ClimateGridSpec Grid);
