using System.Globalization;
using RealtimeHub.Cli.Output;
using RealtimeHub.Cli.Simulation;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace RealtimeHub.Cli.Watching;

/// <summary>Draws the live screen from what is known.</summary>
internal static class TopScreen
{
    private const int SparkWidth = 32;
    private const int FixedRows = 12;
    private const double Mebi = 1024 * 1024;

    private static readonly string[] Titles = ["cpu %", "memory MiB", "frames in/s", "frames out/s"];

    /// <param name="state">What is known.</param>
    /// <param name="server">What is watched.</param>
    /// <param name="height">How many rows there are.</param>
    public static IRenderable Of(TopState state, string server, int height)
    {
        var (status, channels, history) = state.Read();
        var head = new Text($"{server}  {state.Connection}{(status is null ? "" : $"  {status.Node} {status.Health}")}   Ctrl+C ends", new Style(decoration: Decoration.Bold));
        if (status is null)
        {
            return new Rows(head, new Text("Waiting for the first status …"));
        }

        var rates = new Table().Border(TableBorder.None).HideHeaders().AddColumn("what").AddColumn("now").AddColumn("lately");
        for (var i = 0; i < Titles.Length; i++)
        {
            var scale = i == 1 ? Mebi : 1;
            var spark = new Sparkline(SparkWidth);
            foreach (var value in history[i])
            {
                spark.Add(value / scale);
            }

            rates.AddRow(new Text(Titles[i]), new Text((history[i][^1] / scale).ToString("0.#", CultureInfo.InvariantCulture)), new Text(spark.ToString()));
        }

        var left = new Panel(StatusTable.Of(status)).Header("node").Expand();
        var right = new Panel(rates).Header("lately").Expand();
        var rows = Math.Max(3, height - FixedRows - status.Services.Count - (status.Gpu?.Count ?? 0) - 4);
        return new Rows(head, new Columns(left, right), new Panel(Channels(channels, rows)).Header($"channels, {channels.Count}").Expand());
    }

    private static Table Channels(IReadOnlyList<ChannelRate> channels, int rows) => DataTable.Of(
        ["channel", "frames/s", "newest", "kept", "MiB", "readers"],
        channels.Take(rows).Select(c => new[]
        {
            c.Channel.Channel,
            c.FramesPerSecond.ToString("0.#", CultureInfo.InvariantCulture),
            $"{c.Channel.Sequence}",
            $"{c.Channel.Frames}",
            (c.Channel.Bytes / Mebi).ToString("0.##", CultureInfo.InvariantCulture),
            $"{c.Channel.Subscriptions}",
        }));
}
