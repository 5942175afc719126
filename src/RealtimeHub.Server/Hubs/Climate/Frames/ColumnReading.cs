using RealtimeHub.Science.Climate;
using RealtimeHub.Science.Drivers;
using RealtimeHub.Server.Hubs.Climate.Data;
using Surface = RealtimeHub.Science.Drivers.SurfaceFields;

namespace RealtimeHub.Server.Hubs.Climate.Frames;

/// <summary>Brings the columns of a source into the form in which drivers take them.</summary>
internal static class ColumnReading
{
    private const double PascalPerHectopascal = 100.0;

    private static readonly string[] Surfaces = ["sp", "t2m", "td2m", "orog", "u10", "v10"];
    private static readonly string[] Uppers = ["t", "r", "gh", "u", "v"];

    /// <summary>Why drivers cannot be computed from a source, as a sentence; null where they can.</summary>
    public static string? Problem(FieldCatalogue catalogue)
    {
        foreach (var name in Surfaces.Concat(Uppers))
        {
            if (!catalogue.Variables.TryGetValue(name, out var variable))
            {
                return $"{catalogue.Id} has no variable {name}.";
            }

            if (Uppers.Contains(name) && (!variable.HasLevels || variable.LevelUnits is not ("hPa" or "millibar")))
            {
                return $"{catalogue.Id} has no pressure levels in hPa for {name}.";
            }
        }

        return null;
    }

    /// <summary>The columns at one time of the source; the surface may be another one's, predicted for later.</summary>
    /// <exception cref="IOException">The source no longer has what its catalogue says.</exception>
    public static async ValueTask<ColumnGrid> ReadAsync(
        IFieldSource source, int timeIndex, IReadOnlyDictionary<ClimateVariable, float[]>? predicted, CancellationToken cancellationToken)
    {
        var grid = source.Catalogue.Grid;
        var pressures = source.Catalogue.Variables["t"].Levels.Select(l => l * PascalPerHectopascal).ToArray();
        var upper = new float[Uppers.Length][];
        for (var i = 0; i < upper.Length; i++)
        {
            upper[i] = await ReadAsync(source, Uppers[i], timeIndex, cancellationToken);
        }

        var dewpoint = new float[upper[0].Length];
        for (var i = 0; i < dewpoint.Length; i++)
        {
            dewpoint[i] = (float)Moisture.DewpointFromRelativeHumidity(upper[0][i], upper[1][i] / 100.0);
        }

        var surface = new Surface(
            await ReadAsync(source, "sp", timeIndex, cancellationToken),
            await OfAsync(ClimateVariable.T2m, "t2m"),
            await OfAsync(ClimateVariable.Td2m, "td2m"),
            await ReadAsync(source, "orog", timeIndex, cancellationToken),
            await OfAsync(ClimateVariable.U10, "u10"),
            await OfAsync(ClimateVariable.V10, "v10"));
        return new ColumnGrid(grid.Rows, grid.Columns, pressures, surface, new LevelFields(upper[0], dewpoint, upper[2], upper[3], upper[4]));

        async ValueTask<float[]> OfAsync(ClimateVariable variable, string name) =>
            predicted?.GetValueOrDefault(variable) ?? await ReadAsync(source, name, timeIndex, cancellationToken);
    }

    private static async ValueTask<float[]> ReadAsync(IFieldSource source, string variable, int timeIndex, CancellationToken cancellationToken)
    {
        var read = await source.ReadAsync(new(variable, timeIndex), cancellationToken);
        return read.IsRead ? read.Field.Values : throw new SourceChangedException($"{variable} cannot be read: {read.Why}.");
    }
}
