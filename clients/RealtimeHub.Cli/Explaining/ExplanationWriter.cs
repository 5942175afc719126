using System.Globalization;
using System.Text.Json;
using RealtimeHub.Cli.Output;
using RealtimeHub.Protocol.Json;
using Spectre.Console;

namespace RealtimeHub.Cli.Explaining;

/// <summary>Shows an explanation to people.</summary>
internal static class ExplanationWriter
{
    public static void Write(CliOutput output, FrameExplanation explanation)
    {
        Section(output, "frame", Frame(explanation));
        Section(output, "policy", Policy(explanation));
        Section(output, "lineage", Lineage(explanation));
        Section(output, "inputs", [.. explanation.Inputs.Select(i => ("used", i)), .. explanation.Items.Select(i => ("catalogue", i))]);
        Section(output, "run", Run(explanation));
        if (explanation.Attribution is { } attribution)
        {
            Section(output, "attribution", [("of", explanation.AttributionOf ?? "-"), ("baseline", Number(attribution.BaseValue)), ("prediction", $"{Number(attribution.Prediction)} {attribution.Units}"),
                .. attribution.Features.Zip(attribution.Contributions).OrderByDescending(c => Math.Abs(c.Second ?? 0)).Select(c => (c.First, Signed(c.Second)))]);
        }

        if (explanation.Narrative is { } narrative)
        {
            output.Data(new Text(Printable.Text(narrative) + "\n"));
        }

        foreach (var missing in explanation.Missing)
        {
            output.Note(missing);
        }
    }

    private static IEnumerable<(string, string)> Frame(FrameExplanation explanation)
    {
        if (explanation.Frame is { } frame)
        {
            yield return ("type", frame.Type);
            yield return ("channel", frame.Channel);
            yield return ("position", frame.Position.ToString());
            yield return ("time", UtcTimestampConverter.ToText(frame.Timestamp));
            yield return ("id", frame.EventId);
        }

        if (explanation.Intact is { } isIntact)
        {
            yield return ("numbers", isIntact ? $"intact, {explanation.Frame!.Checksums!.Multihash}" : "NOT those that the checksum is of");
        }
    }

    private static IEnumerable<(string, string)> Policy(FrameExplanation explanation)
    {
        if (explanation.Policy is { } care)
        {
            yield return ("masking", care.Masking);
            yield return ("scope", care.Scope);
        }

        foreach (var (name, member) in new[] { ("decision", "@id"), ("outcome", "kfm:outcome"), ("policy", "kfm:policy"), ("version", "kfm:policy_version"), ("rule", "kfm:rule") })
        {
            if (Text(explanation.Decision, member) is { } text)
            {
                yield return (name, text);
            }
        }

        foreach (var note in explanation.Policy?.Notes ?? [])
        {
            yield return ("note", note);
        }
    }

    private static IEnumerable<(string, string)> Lineage(FrameExplanation explanation)
    {
        if ((explanation.Frame?.Prov?.Activity ?? Text(explanation.Lineage, "@id")) is { } activity)
        {
            yield return ("activity", activity);
        }

        if (explanation.Frame?.Prov?.Agent is { } agent)
        {
            yield return ("agent", agent);
        }

        foreach (var (name, member) in new[] { ("started", "startedAtTime"), ("ended", "endedAtTime"), ("model", "kfm:model_version"), ("method", "kfm:xai_method"), ("seed", "kfm:seed"), ("multihash", "kfm:multihash") })
        {
            if (Text(explanation.Lineage, member) is { } text)
            {
                yield return (name, text);
            }
        }
    }

    private static IEnumerable<(string, string)> Run(FrameExplanation explanation)
    {
        if (explanation.Run is { } run)
        {
            yield return ("model", $"{run.Model} {run.ModelVersion}");
            yield return ("seed", $"{run.Seed}");
            yield return ("grid", $"{run.GridSize}, {run.Edges}");
            yield return ("parameters", string.Join(' ', run.Parameters.Select(p => string.Create(CultureInfo.InvariantCulture, $"{p.Key}={p.Value}"))));
            yield return ("changes", $"{run.Events.Count}");
        }
    }

    private static void Section(CliOutput output, string title, IEnumerable<(string Name, string Value)> rows)
    {
        var all = rows.ToList();
        if (all.Count > 0)
        {
            output.Line(new StyledLine().Add(title, style: new Style(decoration: Decoration.Bold)));
            foreach (var (name, value) in all)
            {
                output.Line(new StyledLine().Add($"  {name}", 22).Add(value));
            }
        }
    }

    private static string? Text(JsonElement? document, string member) =>
        document is { ValueKind: JsonValueKind.Object } known && known.TryGetProperty(member, out var value) ? value.ToString() : null;

    private static string Number(double? value) => value?.ToString("0.###", CultureInfo.InvariantCulture) ?? "hidden";

    private static string Signed(double? value) => value?.ToString("+0.000;-0.000;0.000", CultureInfo.InvariantCulture) ?? "hidden";
}
