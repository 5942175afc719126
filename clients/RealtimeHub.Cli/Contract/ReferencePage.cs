using System.Globalization;
using System.Text;

namespace RealtimeHub.Cli.Contract;

/// <summary>The contract as a page to read: every hub, every message, every type.</summary>
internal static class ReferencePage
{
    public static string Write(WireContract contract)
    {
        var page = new StringBuilder();
        page.Append(CultureInfo.InvariantCulture, $"""
            # Reference of the wire, version {contract.Version}

            Generated from the C# contract by `rthub contract generate`; do not edit. The rules are in [PROTOCOL.md](../PROTOCOL.md), the
            schemas in [schema.json](schema.json) and [asyncapi.json](asyncapi.json).

            ## Every hub


            """);
        Hub(page, contract.Common);
        foreach (var hub in contract.Hubs)
        {
            page.Append(CultureInfo.InvariantCulture, $"\n## {hub.Name}: `{hub.Path}`\n\n{DocText.Plain(hub.Docs)}\n\n");
            Hub(page, hub);
        }

        page.Append("\n## Types\n");
        foreach (var type in contract.Types)
        {
            Type(page, type);
        }

        page.Append("\n## Constants\n");
        foreach (var table in contract.Constants)
        {
            page.Append(CultureInfo.InvariantCulture, $"\n### {table.Singular}\n\n{DocText.Plain(table.Docs)}\n\n| value | meaning |\n|---|---|\n");
            Rows(page, table.Values.Select(v => (string[])[Code(v.Value), DocText.Plain(v.Docs)]));
        }

        return page.ToString();
    }

    private static void Hub(StringBuilder page, HubContract hub)
    {
        if (hub.Methods.Count > 0)
        {
            page.Append("| method | request | answer | |\n|---|---|---|---|\n");
            Rows(page, hub.Methods.Select(m => (string[])[Code(m.Name), Request(m), Answer(m), DocText.Plain(m.Docs)]));
            page.Append('\n');
        }

        page.Append("| push | argument | |\n|---|---|---|\n");
        Rows(page, hub.Pushes.Select(p => (string[])[Code(p.Name), Shape(p.Argument), DocText.Plain(p.Docs)]));
    }

    private static string Request(HubMethod method) =>
        (method.Request is null ? "" : Shape(method.Request)) + (method.Upload is null ? "" : $", stream of {Shape(method.Upload)}");

    private static string Answer(HubMethod method) => method.Result is null ? "" : (method.IsStream ? "stream of " : "") + Shape(method.Result);

    private static void Type(StringBuilder page, WireType type)
    {
        page.Append(CultureInfo.InvariantCulture, $"\n### {type.Name}\n\n{DocText.Plain(type.Docs)}\n");
        if (type.Members.Count > 0)
        {
            page.Append("\n| member | form | always | |\n|---|---|---|---|\n");
            Rows(page, type.Members.Select(m => (string[])[Code(m.Name), Shape(m.Shape), m.IsRequired ? "yes" : "", DocText.Plain(m.Docs)]));
        }
    }

    private static void Rows(StringBuilder page, IEnumerable<string[]> rows)
    {
        foreach (var row in rows)
        {
            page.Append("| ").AppendJoin(" | ", row.Select(c => c.Replace("|", "\\|", StringComparison.Ordinal))).Append(" |\n");
        }
    }

    private static string Shape(WireShape shape) => shape.Kind switch
    {
        WireKind.Text => "text",
        WireKind.Boolean => "true or false",
        WireKind.Integer => "whole number",
        WireKind.Number => "number",
        WireKind.Timestamp => "instant",
        WireKind.Bytes => "bytes",
        WireKind.List => $"list of {Shape(shape.Item!)}",
        WireKind.Map => $"map to {Shape(shape.Item!)}",
        WireKind.Type => Link(shape.Name),
        WireKind.Constant => string.Join(" or ", shape.Names!.Select(n => Link(WireConstants.SingularOf(n)))),
        _ => "any",
    };

    private static string Link(string name) => $"[{name}](#{name.ToLowerInvariant()})";

    private static string Code(string text) => $"`{text}`";
}
