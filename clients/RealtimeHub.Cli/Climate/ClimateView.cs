using System.Globalization;
using RealtimeHub.Cli.Output;
using RealtimeHub.Protocol.Channels;
using RealtimeHub.Protocol.Climate;
using RealtimeHub.Protocol.Json;
using RealtimeHub.Protocol.Numerics;
using RealtimeHub.Science.Numerics;
using Spectre.Console;

namespace RealtimeHub.Cli.Climate;

/// <summary>Shows climate frames to people.</summary>
internal static class ClimateView
{
    private const int Strongest = 8;

    /// <summary>Values and maps of a frame of fields or drivers.</summary>
    public static void Show(CliOutput output, FrameEnvelope frame)
    {
        var payload = frame.Payload.To(RealtimeJsonContext.Default.ClimatePayload)!;
        output.Data(new Text($"{UtcTimestampConverter.ToText(payload.Time)}  {payload.SourceTitle}\n"));
        output.Data(DataTable.Of(
            ["variable", "min", "mean", "max", "unit", "from", "hidden"],
            payload.Variables.Select(name => Row(name, payload.Data[name]))));
        foreach (var name in payload.Variables)
        {
            var block = frame.Blocks![name];
            output.Data(new Text($"{name} [{payload.Data[name].Units}]\n"));
            var plane = payload.Grid.Rows * payload.Grid.Columns;
            output.Data(ClimateMap.Of(block.ToFloats().AsSpan(0, plane), payload.Grid));
        }

        ShowGovernance(output, frame);
    }

    /// <summary>An explanation: the strongest contributions, and a map of the strongest.</summary>
    public static void ShowExplanation(CliOutput output, FrameEnvelope frame)
    {
        var payload = frame.Payload.To(RealtimeJsonContext.Default.XaiPayload)!;
        var attribution = payload.Attribution;
        output.Data(new Text(string.Create(
            CultureInfo.InvariantCulture,
            $"{UtcTimestampConverter.ToText(payload.Time)}  {payload.Variable} by {payload.Method}: {attribution.BaseValue:0.00} at the baseline, {attribution.Prediction:0.00} {attribution.Units} predicted by {payload.ModelVersion}\n")));
        var strongest = attribution.Features
            .Select((feature, index) => (feature, index, value: attribution.Contributions[index]))
            .OrderByDescending(c => Math.Abs(c.value ?? 0))
            .Take(Strongest)
            .ToList();
        output.Data(DataTable.Of(
            ["feature", $"contribution, {attribution.Units}"],
            strongest.Select(c => new[] { c.feature, c.value?.ToString("+0.000;-0.000;0.000", CultureInfo.InvariantCulture) ?? "hidden" })));
        if (payload.Narrative is { } narrative)
        {
            output.Data(new Text(Printable.Text(narrative) + "\n"));
        }

        if (payload.Grid is { Rows: > 1, Columns: > 1 } grid && frame.Blocks!["contributions"] is { } block)
        {
            var plane = grid.Rows * grid.Columns;
            output.Data(new Text($"{strongest[0].feature} [{attribution.Units}]\n"));
            output.Data(ClimateMap.Of(block.ToFloats().AsSpan(strongest[0].index * plane, plane), grid));
        }

        ShowGovernance(output, frame);
    }

    /// <summary>Whether the numbers of a frame are those that its checksum is of.</summary>
    public static bool IsIntact(FrameEnvelope frame) => MultihashOf(frame) == frame.Checksums?.Multihash;

    /// <summary>The checksum of a frame's numbers.</summary>
    public static string MultihashOf(FrameEnvelope frame)
    {
        var digest = new BlockDigest();
        foreach (var (name, block) in frame.Blocks ?? new Dictionary<string, FloatBlock>())
        {
            if (name is not ("latitude" or "longitude"))
            {
                digest.Add(name, block.Dtype, block.Shape, block.Data.Bytes);
            }
        }

        return digest.ToMultihash();
    }

    private static void ShowGovernance(CliOutput output, FrameEnvelope frame)
    {
        foreach (var note in frame.Care?.Notes ?? [])
        {
            output.Note(note);
        }

        output.Note($"{(IsIntact(frame) ? "Intact" : "NOT INTACT")}: {frame.Checksums?.Multihash}. Verify: rthub verify --remote {frame.Prov?.Activity}");
    }

    private static string[] Row(string name, ClimateField field) =>
        [name, Number(field.Min), Number(field.Mean), Number(field.Max), field.Units, field.Origin, field.Missing.ToString(CultureInfo.InvariantCulture)];

    private static string Number(double? value) => value?.ToString("0.##", CultureInfo.InvariantCulture) ?? "-";
}
