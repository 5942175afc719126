using System.CommandLine;
using RealtimeHub.Benchmarks.Load;
using RealtimeHub.Benchmarks.Serving;

namespace RealtimeHub.Benchmarks.Comparing;

/// <summary><c>compare</c>: the engine against stock SignalR, in one run on one machine.</summary>
internal static class CompareCommand
{
    private const string Description =
        """
        Compares the channel engine with stock SignalR group sends. Each server runs in a process of its own with the same
        settings; this process is all of the clients, on loopback. What is required is printed beside what was measured.
        Exit code 0 if everything required was reached, 1 if not.

          fanout   frames of 128 B, 1 KiB and 16 KiB flat out to 100, 1,000 and 5,000 connections; medians of interleaved rounds
          stalled  1 KiB frames at 200 a second to 220 connections of which 20 stop reading, read too slowly, or come and go,
                   against the same server with 220 that read; latency and silence are those of the 200 healthy ones
          memory   bytes per idle and per stalled connection
          paced    1 KiB frames at 20 a second to 500 connections: processor time and latency
          connect  connections opened and subscribed per second, and 5,000 clients that come back to 100 missed frames each

        The servers: stock is SignalR as it comes; engine sends to groups through the channel engine; governed appends to a
        channel of the engine, whose frames are larger by their envelope. In fan-out and pace also: bare makes one system call
        per frame and connection and nothing else, the floor; ws and socketio are those packages on Node, where Node is there.
        """;

    /// <summary>What there is to measure.</summary>
    public static readonly string[] Measurements = 
    [
        FanoutComparison.Name, PacedComparison.Name, StalledComparison.Name, MemoryComparison.Name, ConnectComparison.Name,
    ];

    private const int MinThreads = 16;

    public static Command Create()
    {
        var quick = new Option<bool>("--quick") { Description = "Fewer and shorter runs: a look, not a verdict." };
        var only = new Option<string>("--only") { Description = $"Only these measurements, separated by commas: {string.Join(", ", Measurements)}." };
        var cells = new Option<string>("--cells")
        {
            Description = "Only these loads of the fan-out, bytes x connections, separated by commas: 128x1000,16384x100.",
        };
        var window = new Option<int>("--window")
        {
            Description = "How many frames a fan-out's publisher may be ahead of the slowest client; 0 for half of what the server lets a reader lag.",
        };
        var variants = new Option<string>("--variants")
        {
            Description = $"The servers to compare, separated by commas, the reference first: {string.Join(", ", ServerVariants.All)}. "
                + "The same one twice shows the noise of the machine. Default: all that can run here.",
        };
        var json = new Option<FileInfo>("--json") { Description = "Also writes the table to this file." };
        MustBe(only, Measurements.Contains, $"one of {string.Join(", ", Measurements)}");
        MustBe(cells, text => FanoutCell.TryParse(text, out _), "bytes x connections, such as 1024x100");
        MustBe(variants, ServerVariants.All.Contains, $"one of {string.Join(", ", ServerVariants.All)}");

        var command = new Command("compare", Description) { quick, only, cells, window, variants, json };
        command.SetAction((parsed, _) => RunAsync(
            new CompareOptions(
                parsed.GetValue(quick),
                Split(parsed.GetValue(only)) ?? Measurements,
                Split(parsed.GetValue(cells))?.Select(Cell).ToArray(),
                parsed.GetValue(window),
                Split(parsed.GetValue(variants)) ?? CompareOptions.DefaultVariants),
            parsed.GetValue(json)));
        return command;
    }

    /// <summary>Takes measurements and adds their rows to a table.</summary>
    public static async Task MeasureAsync(CompareOptions options, ResultTable table)
    {
        if (options.IsQuick)
        {
            await Console.Error.WriteLineAsync("Quick: fewer and shorter runs, fewer connections, shorter stalls. The ratios are a hint only.");
        }

        // Connecting, and listening to the server processes, block threads of the pool.
        ThreadPool.SetMinThreads(MinThreads, MinThreads);
        using var loop = new ClientLoop();
        foreach (var measurement in options.Measurements)
        {
            await (measurement switch
            {
                FanoutComparison.Name => new FanoutComparison(options, loop, table).RunAsync(),
                PacedComparison.Name => new PacedComparison(options, loop, table).RunAsync(),
                StalledComparison.Name => new StalledComparison(options.OfSignalR(), loop, table).RunAsync(),
                MemoryComparison.Name => new MemoryComparison(options.OfSignalR(), loop, table).RunAsync(),
                _ => new ConnectComparison(options.OfSignalR(), loop, table).RunAsync(),
            });
        }
    }

    private static async Task<int> RunAsync(CompareOptions options, FileInfo? json)
    {
        var table = new ResultTable(Console.Out);
        table.PrintHeader();
        await MeasureAsync(options, table);
        if (json is not null)
        {
            table.WriteJson(json.FullName);
        }

        Console.WriteLine(table.Passed ? "Everything required was reached." : "Something required was not reached.");
        return table.Passed ? 0 : 1;
    }

    private static string[]? Split(string? list) =>
        list?.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);

    private static FanoutCell Cell(string text) => FanoutCell.TryParse(text, out var cell) ? cell : default;

    private static void MustBe(Option<string> option, Predicate<string> isValid, string what) => option.Validators.Add(result =>
    {
        foreach (var wrong in (Split(result.GetValueOrDefault<string>()) ?? []).Where(text => !isValid(text)))
        {
            result.AddError($"'{wrong}' is not {what}.");
        }
    });
}
