namespace RealtimeHub.Protocol.Climate;

/// <summary>Where the values of a regular grid are: rows from the south, columns from the west.</summary>
/// <param name="Rows">How many rows.</param>
/// <param name="Columns">How many columns.</param>
/// <param name="Latitude">The first row's degrees north.</param>
/// <param name="Longitude">The first column's degrees east.</param>
/// <param name="LatitudeStep">Degrees from row to row.</param>
/// <param name="LongitudeStep">Degrees from column to column.</param>
/// <remarks>A curvilinear grid has no steps: the blocks <c>latitude</c> and <c>longitude</c> have its places.</remarks>
public sealed record ClimateGridSpec(
    int Rows, int Columns, double? Latitude = null, double? Longitude = null, double? LatitudeStep = null, double? LongitudeStep = null);
