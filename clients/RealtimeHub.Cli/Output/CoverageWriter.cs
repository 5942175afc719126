using RealtimeHub.Client.Accounting;

namespace RealtimeHub.Cli.Output;

/// <summary>Sums up what was received, withheld and lost.</summary>
internal static class CoverageWriter
{
    public static void Write(CliOutput output, Coverage coverage)
    {
        var totals = coverage.Totals();
        var position = coverage.AccountedUpTo?.ToString();
        if (output.IsJson)
        {
            output.Json(new CoverageLine(
                "coverage", totals.Received, totals.Duplicates, totals.Skipped, totals.Lost, totals.Missing, totals.EpochChanges, position));
        }

        output.Note(
            $"Received {totals.Received}, skipped {Sum(totals.Skipped)}, lost {Sum(totals.Lost)}, missing {totals.Missing}"
            + (totals.Duplicates > 0 ? $", came again {totals.Duplicates}" : "")
            + (totals.EpochChanges > 0 ? $", histories lost {totals.EpochChanges}" : "")
            + (position is null ? "." : $"; go on with --from {position}"));
    }

    private static string Sum(IReadOnlyDictionary<string, long> counts)
    {
        var reasons = counts.Where(c => c.Value > 0).Select(c => $"{c.Key} {c.Value}").ToList();
        return reasons.Count == 0 ? "0" : $"{counts.Values.Sum()} ({string.Join(", ", reasons)})";
    }

    private sealed record CoverageLine(
        string Kind,
        long Received,
        long Duplicates,
        IReadOnlyDictionary<string, long> Skipped,
        IReadOnlyDictionary<string, long> Lost,
        long Missing,
        int EpochChanges,
        string? Position);
}
