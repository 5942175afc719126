using RealtimeHub.Science.Climate;
using RealtimeHub.Server.Hubs.Climate.Data;

namespace RealtimeHub.Server.Hubs.Climate.Training;

/// <summary>Brings the surface of a source into the form in which the climate model takes it.</summary>
/// <remarks>Always the whole grid: features look at neighbours, so they are made before anything is cropped.</remarks>
internal static class SurfaceReading
{
    private static readonly (string Name, string Units)[] Needed =
        [("t2m", "K"), ("td2m", "K"), ("r2m", "%"), ("u10", "m s-1"), ("v10", "m s-1"), ("sp", "Pa"), ("tskin", "K"), ("orog", "m")];

    /// <summary>Why the model cannot be used on a source, as a sentence; null where it can.</summary>
    public static string? Problem(FieldCatalogue catalogue)
    {
        if (catalogue.Grid.Kind != FieldGridKind.Regular)
        {
            return $"{catalogue.Id} is not on a regular grid of latitude and longitude.";
        }

        foreach (var (name, units) in Needed)
        {
            if (!catalogue.Variables.TryGetValue(name, out var variable))
            {
                return $"{catalogue.Id} has no variable {name}.";
            }

            if (variable.Units != units)
            {
                return $"{catalogue.Id} has {name} in '{variable.Units}'; it must be in '{units}'.";
            }
        }

        return null;
    }

    /// <summary>The grid with its terrain.</summary>
    /// <exception cref="IOException">The source no longer has what its catalogue says.</exception>
    public static async ValueTask<ClimateGrid> ReadGridAsync(IFieldSource source, CancellationToken cancellationToken)
    {
        var grid = source.Catalogue.Grid;
        return new(grid.Latitudes, grid.Longitudes, await ReadAsync(source, "orog", 0, cancellationToken));
    }

    /// <summary>The surface at one time of the catalogue.</summary>
    /// <exception cref="IOException">The source no longer has what its catalogue says.</exception>
    public static async ValueTask<SurfaceFields> ReadAsync(IFieldSource source, int timeIndex, CancellationToken cancellationToken) => new(
        source.Catalogue.Times[timeIndex].ToUnixTimeSeconds(),
        await ReadAsync(source, "t2m", timeIndex, cancellationToken),
        await ReadAsync(source, "td2m", timeIndex, cancellationToken),
        await ReadAsync(source, "r2m", timeIndex, cancellationToken),
        await ReadAsync(source, "u10", timeIndex, cancellationToken),
        await ReadAsync(source, "v10", timeIndex, cancellationToken),
        await ReadAsync(source, "sp", timeIndex, cancellationToken),
        await ReadAsync(source, "tskin", timeIndex, cancellationToken));

    private static async ValueTask<float[]> ReadAsync(IFieldSource source, string variable, int timeIndex, CancellationToken cancellationToken)
    {
        var read = await source.ReadAsync(new(variable, timeIndex), cancellationToken);
        return read.IsRead ? read.Field.Values : throw new IOException($"{variable} cannot be read: {read.Why}.");
    }
}
