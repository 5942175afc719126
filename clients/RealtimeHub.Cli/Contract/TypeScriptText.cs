using System.Text;
using System.Xml.Linq;

namespace RealtimeHub.Cli.Contract;

/// <summary>Writes lines of TypeScript with their docs.</summary>
internal sealed class TypeScriptText
{
    private const int Width = 120;

    private readonly StringBuilder _text = new("// Generated from the C# contract by `rthub contract generate`. Do not edit.\n");
    private readonly HashSet<string> _known;

    public TypeScriptText(WireContract contract) =>
        _known = [.. contract.Types.Select(t => t.Name), .. contract.Constants.Select(c => c.Name)];

    /// <summary>The types of a contract that the text has named so far.</summary>
    public SortedSet<string> Used { get; } = new(StringComparer.Ordinal);

    public override string ToString() => _text.ToString();

    public TypeScriptText Line(string line = "")
    {
        _text.Append(line).Append('\n');
        return this;
    }

    public TypeScriptText Docs(XElement? docs, string indent = "") => Docs(DocText.TsDoc(docs, n => _known.Contains(n) ? n : null), indent);

    public TypeScriptText Docs(string text, string indent = "")
    {
        if (text.Length == 0)
        {
            return this;
        }

        var lines = Wrap(text, Width - indent.Length - 3).ToList();
        if (lines.Count == 1)
        {
            return Line($"{indent}/** {lines[0]} */");
        }

        Line($"{indent}/**");
        foreach (var line in lines)
        {
            Line($"{indent} * {line}");
        }

        return Line($"{indent} */");
    }

    /// <summary>What a shape is called.</summary>
    public string Type(WireShape? shape) => shape?.Kind switch
    {
        null => "void",
        WireKind.Text or WireKind.Timestamp => "string",
        WireKind.Boolean => "boolean",
        WireKind.Integer or WireKind.Number => "number",
        WireKind.Bytes => "string | Uint8Array",
        WireKind.List => List(Type(shape.Item)),
        WireKind.Map => $"Readonly<Record<string, {Type(shape.Item)}>>",
        WireKind.Type => Use(shape.Name),
        WireKind.Constant => string.Join(" | ", shape.Names!.Select(n => Use(WireConstants.SingularOf(n)))),
        _ => "unknown",
    };

    private static string List(string item) => item.Contains(' ', StringComparison.Ordinal) ? $"readonly ({item})[]" : $"readonly {item}[]";

    private string Use(string name)
    {
        Used.Add(name);
        return name;
    }

    private static IEnumerable<string> Wrap(string text, int width)
    {
        var line = new StringBuilder();
        foreach (var word in text.Split(' '))
        {
            if (line.Length > 0 && line.Length + 1 + word.Length > width)
            {
                yield return line.ToString();
                line.Clear();
            }

            line.Append(line.Length > 0 ? " " : "").Append(word);
        }

        yield return line.ToString();
    }
}
