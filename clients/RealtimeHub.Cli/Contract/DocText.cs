using System.Text.Json;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace RealtimeHub.Cli.Contract;

/// <summary>XML docs as text: plain with code in backticks, or with the links of TSDoc.</summary>
internal static partial class DocText
{
    /// <summary>The summary, for schemas and Markdown.</summary>
    public static string Plain(XElement? docs) => Render(docs?.Element("summary"), link: name => $"`{name}`");

    /// <summary>The summary and the remarks, for TypeScript.</summary>
    /// <param name="docs">The docs.</param>
    /// <param name="link">What a type is called in TypeScript; null for what it does not know.</param>
    public static string TsDoc(XElement? docs, Func<string, string?> link)
    {
        var summary = Render(docs?.Element("summary"), name => Link(name, link));
        var remarks = Render(docs?.Element("remarks"), name => Link(name, link));
        return remarks.Length == 0 ? summary : $"{summary} {remarks}";
    }

    /// <summary>The types that docs refer to, by their full names.</summary>
    public static IEnumerable<string> References(XElement? docs) =>
        (docs?.Element("summary")?.Descendants("see") ?? [])
            .Select(s => s.Attribute("cref")?.Value ?? "")
            .Where(c => c.StartsWith("T:", StringComparison.Ordinal))
            .Select(c => c[2..]);

    private static string Link(string name, Func<string, string?> link) => link(name) is { } known ? $"{{@link {known}}}" : $"`{name}`";

    private static string Render(XElement? element, Func<string, string> link) =>
        element is null ? "" : Blanks().Replace(string.Concat(element.Nodes().Select(n => Render(n, link))), " ").Trim();

    private static string Render(XNode node, Func<string, string> link) => node switch
    {
        XText text => text.Value,
        XElement { Name.LocalName: "see" } see => Reference(see.Attribute("cref")?.Value ?? "", link),
        XElement { Name.LocalName: "paramref" } parameter => $"`{Wire(parameter.Attribute("name")!.Value)}`",
        XElement { Name.LocalName: "c" } code => $"`{code.Value}`",
        XElement other => Render(other, link),
        _ => "",
    };

    // Members by the name that they have on the wire, types by their own.
    private static string Reference(string cref, Func<string, string> link)
    {
        var name = cref[(cref.LastIndexOf('.') + 1)..];
        return cref.StartsWith("P:", StringComparison.Ordinal) ? $"`{Wire(name)}`" : link(name);
    }

    private static string Wire(string name) => JsonNamingPolicy.SnakeCaseLower.ConvertName(name);

    [GeneratedRegex(@"\s+")]
    private static partial Regex Blanks();
}
