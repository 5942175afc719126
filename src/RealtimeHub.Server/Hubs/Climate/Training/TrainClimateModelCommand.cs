using System.Globalization;
using System.Security.Cryptography;
using RealtimeHub.Science.Climate;
using RealtimeHub.Server.Hubs.Climate.Data;
using RealtimeHub.Server.Hubs.Climate.Data.Zarr;

namespace RealtimeHub.Server.Hubs.Climate.Training;

/// <summary>Trains the climate model from a Zarr store and writes it with its model card. The same store and options give the same bytes.</summary>
internal static class TrainClimateModelCommand
{
    /// <summary>The first argument that asks for this command.</summary>
    public const string Verb = "train-climate-model";

    private const string Usage =
        $"Usage: RealtimeHub.Server {Verb} --store <directory.zarr> --out <models/climate/version.json> [--trees <1-200>] [--seed <number>]";
    private const int CacheBytes = 1 << 20;
    private const int Done = 0;
    private const int Failed = 1;
    private const int Misused = 2;

    /// <summary>Runs the command and returns its exit code: 0 done, 1 failed, 2 misused. The first argument is the verb.</summary>
    public static async Task<int> RunAsync(string[] args, TextWriter output, TextWriter errors, CancellationToken cancellationToken = default)
    {
        if (TrainClimateModelArguments.Parse(args[1..]) is not { } arguments)
        {
            await errors.WriteLineAsync(Usage);
            return Misused;
        }

        try
        {
            var source = await ZarrFieldSource.OpenAsync(arguments.Store, new(CacheBytes), cancellationToken);
            if (SurfaceReading.Problem(source.Catalogue) is { } problem)
            {
                await errors.WriteLineAsync($"The model cannot be trained: {problem}");
                return Failed;
            }

            var file = await TrainAsync(source, arguments, cancellationToken);
            await WriteAsync(file, arguments.Out, output, cancellationToken);
            return Done;
        }
        catch (Exception exception) when (exception is ZarrFormatException or IOException or UnauthorizedAccessException or ArgumentException)
        {
            await errors.WriteLineAsync($"The model cannot be trained: {exception.Message}");
            return Failed;
        }
    }

    private static async Task<ClimateModelFile> TrainAsync(ZarrFieldSource source, TrainClimateModelArguments arguments, CancellationToken cancellationToken)
    {
        var grid = await SurfaceReading.ReadGridAsync(source, cancellationToken);
        var analyses = new SurfaceFields[source.Catalogue.Times.Count];
        for (var time = 0; time < analyses.Length; time++)
        {
            analyses[time] = await SurfaceReading.ReadAsync(source, time, cancellationToken);
        }

        var options = new ClimateTrainingOptions
        {
            Version = Path.GetFileNameWithoutExtension(arguments.Out),
            DataName = $"{source.Catalogue.Provenance.Store}: {source.Catalogue.Title}",
            DataHash = source.Catalogue.Provenance.Digest,
            DataNotes = [.. NotesOf(source.Catalogue)],
        };
        return ClimateTrainer.Train(grid, analyses, options with
        {
            Trees = options.Trees with { Trees = arguments.Trees ?? options.Trees.Trees, Seed = arguments.Seed ?? options.Trees.Seed },
        });
    }

    private static IEnumerable<string> NotesOf(FieldCatalogue catalogue)
    {
        var provenance = catalogue.Provenance;
        if (catalogue.ReferenceTime is { } start)
        {
            yield return string.Create(
                CultureInfo.InvariantCulture,
                $"The times are steps of one numerical forecast, started at {start.UtcDateTime:yyyy-MM-dd'T'HH:mm:ss'Z'}; they are not observations.");
        }

        (string Name, string? Text)[] words =
        [
            ("Source", provenance.Source),
            ("Institution", provenance.Institution),
            ("Precision", provenance.Precision),
            ("Grid", provenance.Grid),
            ("Licence", provenance.License),
        ];
        foreach (var (name, text) in words)
        {
            if (text is not null)
            {
                yield return $"{name}: {text.TrimEnd('.')}.";
            }
        }
    }

    /// <summary>Files appear whole or not at all: a server that watches the folder must not read half a model.</summary>
    private static async Task WriteAsync(ClimateModelFile file, string path, TextWriter output, CancellationToken cancellationToken)
    {
        var card = Path.ChangeExtension(path, ".md");
        var bytes = ClimateModelJson.Write(file);
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
        await File.WriteAllBytesAsync(path + ".part", bytes, cancellationToken);
        await File.WriteAllTextAsync(card + ".part", ModelCardMarkdown.Write(file.Card), cancellationToken);
        File.Move(card + ".part", card, overwrite: true);
        File.Move(path + ".part", path, overwrite: true);
        await output.WriteLineAsync($"{path}: {bytes.Length} bytes, sha2-256 1220{Convert.ToHexStringLower(SHA256.HashData(bytes))}");
        await output.WriteLineAsync(card);
    }
}
