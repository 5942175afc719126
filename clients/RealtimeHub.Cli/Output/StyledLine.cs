using Spectre.Console;

namespace RealtimeHub.Cli.Output;

/// <summary>One line whose parts may have a style. What others have written is made printable.</summary>
internal sealed class StyledLine
{
    private string _gap = "";

    public Paragraph Paragraph { get; } = new();

    public StyledLine Add(string? text, int width = 0, Style? style = null)
    {
        Paragraph.Append(_gap);
        var printable = string.IsNullOrEmpty(text) ? "-" : Printable.Text(text);
        Paragraph.Append(printable, style);
        _gap = new string(' ', Math.Max(0, width - printable.Length) + 1);
        return this;
    }
}
