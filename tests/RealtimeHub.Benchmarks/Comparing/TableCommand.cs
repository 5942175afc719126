using System.CommandLine;
using System.Diagnostics;
using RealtimeHub.Benchmarks.Fields;
using RealtimeHub.Benchmarks.Micro;
using RealtimeHub.Benchmarks.Simulating;
using RealtimeHub.Science.Drivers;

namespace RealtimeHub.Benchmarks.Comparing;

/// <summary><c>table</c>: everything that is compared, in one table.</summary>
internal static class TableCommand
{
    private const double RequiredColumns = 23_000;
    private const int FieldRounds = 3;
    private const int FieldItems = 40;
    private static readonly TimeSpan DriversDuration = TimeSpan.FromSeconds(5);

    public static Command Create()
    {
        var quick = new Option<bool>("--quick") { Description = "Fewer and shorter runs: a look, not a verdict." };
        var markdown = new Option<FileInfo>("--markdown") { Description = "Also writes the table to this file." };
        var command = new Command(
            "table", "Everything that is compared, in one table: the servers as by compare, streams as by fields, simulations, hazard drivers. "
                + "About 40 minutes on two quiet cores.") { quick, markdown };
        command.SetAction((parsed, _) => RunAsync(parsed.GetValue(quick), parsed.GetValue(markdown)));
        return command;
    }

    private static async Task<int> RunAsync(bool isQuick, FileInfo? markdown)
    {
        var table = new ResultTable(Console.Out);
        table.PrintHeader();
        await CompareCommand.MeasureAsync(new CompareOptions(isQuick, CompareCommand.Measurements, null, 0, CompareOptions.DefaultVariants), table);
        await FieldsCommand.MeasureAsync(FieldRounds, FieldItems, table);
        SimulationCommand.Measure(isQuick, table);
        AddDrivers(table);
        if (markdown is not null)
        {
            await File.WriteAllTextAsync(markdown.FullName, table.ToMarkdown() + "\n");
        }

        return table.Passed ? 0 : 1;
    }

    private static void AddDrivers(ResultTable table)
    {
        var columns = ClimateBenchmarks.CreateColumns();
        var count = columns.Rows * columns.Columns;
        var start = Stopwatch.GetTimestamp();
        var best = 0.0;
        while (Stopwatch.GetElapsedTime(start) < DriversDuration)
        {
            var round = Stopwatch.GetTimestamp();
            GridDrivers.Compute(columns, DriverOptions.Default, DriverGroups.SurfaceBased | DriverGroups.Helicity);
            best = Math.Max(best, count / Stopwatch.GetElapsedTime(round).TotalSeconds);
        }

        table.Add(new ResultRow(
            "drivers", $"{count} columns", "CAPE, CIN, SRH", best, "columns/s", RequiredColumns, best / RequiredColumns, ">= 1.00", best >= RequiredColumns,
            "against what is required"));
    }
}
