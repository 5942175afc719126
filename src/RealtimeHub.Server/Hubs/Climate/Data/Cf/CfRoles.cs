using RealtimeHub.Server.Hubs.Climate.Data.Zarr;

namespace RealtimeHub.Server.Hubs.Climate.Data.Cf;

/// <summary>The coordinates of a store, found by their CF attributes and, where those are silent, by the usual names.</summary>
internal sealed record CfRoles(
    ZarrArrayMetadata? Time,
    ZarrArrayMetadata? Level,
    ZarrArrayMetadata? Latitude,
    ZarrArrayMetadata? Longitude,
    ZarrArrayMetadata? ReferenceTime)
{
    private static readonly string[] CoordinateNames =
        ["time", "latitude", "longitude", "projection_x_coordinate", "projection_y_coordinate", "forecast_period", "forecast_reference_time"];

    /// <summary>The name of the dimension that counts times, or null.</summary>
    public string? TimeDimension => Time?.Dimensions?[0];

    public static CfRoles Find(IReadOnlyList<ZarrArrayMetadata> arrays) => new(
        arrays.FirstOrDefault(a => IsAxis(a) && (StandardName(a) == "time" || a.Name == "time")),
        arrays.FirstOrDefault(a => IsAxis(a) && (a.Attributes.Text("axis") == "Z" || a.Name == "level")),
        arrays.FirstOrDefault(a => a.Rank is 1 or 2 && (StandardName(a) == "latitude" || a.Attributes.Text("units") == "degrees_north")),
        arrays.FirstOrDefault(a => a.Rank is 1 or 2 && (StandardName(a) == "longitude" || a.Attributes.Text("units") == "degrees_east")),
        arrays.FirstOrDefault(a => a.Rank == 0 && StandardName(a) == "forecast_reference_time"));

    /// <summary>Whether an array is a coordinate or a grid mapping, so not a field.</summary>
    public bool IsAuxiliary(ZarrArrayMetadata array) =>
        array == Time || array == Level || array == Latitude || array == Longitude || array == ReferenceTime
        || IsAxis(array)
        || array.Attributes.Has("grid_mapping_name")
        || Array.IndexOf(CoordinateNames, StandardName(array)) >= 0;

    private static string? StandardName(ZarrArrayMetadata array) => array.Attributes.Text("standard_name");

    // A coordinate variable is the one that is named as its only dimension.
    private static bool IsAxis(ZarrArrayMetadata array) => array.Rank == 1 && array.Dimensions?[0] == array.Name;
}
