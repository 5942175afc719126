using System.Globalization;

namespace RealtimeHub.Server.Hubs.Climate.Training;

/// <summary>What the command was asked for.</summary>
/// <param name="Store">Directory of the Zarr store.</param>
/// <param name="Out">Where the model goes; its name without extension is the version, and the card lies beside it.</param>
/// <param name="Trees">How many trees per variable; null for the default.</param>
/// <param name="Seed">The seed; null for the default.</param>
internal sealed record TrainClimateModelArguments(string Store, string Out, int? Trees, ulong? Seed)
{
    /// <summary>Reads pairs of name and value; null where a name is unknown, a value is missing or malformed, or a path is not given.</summary>
    public static TrainClimateModelArguments? Parse(string[] args)
    {
        if (args.Length % 2 != 0)
        {
            return null;
        }

        var arguments = new TrainClimateModelArguments("", "", null, null);
        foreach (var pair in args.Chunk(2))
        {
            var read = pair[0] switch
            {
                "--store" => arguments with { Store = pair[1] },
                "--out" when pair[1].EndsWith(".json", StringComparison.Ordinal) => arguments with { Out = pair[1] },
                "--trees" when int.TryParse(pair[1], NumberStyles.None, CultureInfo.InvariantCulture, out var trees) => arguments with { Trees = trees },
                "--seed" when ulong.TryParse(pair[1], NumberStyles.None, CultureInfo.InvariantCulture, out var seed) => arguments with { Seed = seed },
                _ => null,
            };
            if (read is null)
            {
                return null;
            }

            arguments = read;
        }

        return arguments.Store.Length > 0 && arguments.Out.Length > 0 ? arguments : null;
    }
}
