using Spectre.Console;

namespace RealtimeHub.Cli.Output;

/// <summary>One line whose parts may have a style. What others have written is made printable.</summary>
internal sealed class StyledLine
{
    public Paragraph Paragraph { get; } = new();

    public StyledLine Add(string? text, int width = 0, Style? style = null)
    {
        Paragraph.Append(Printable.Text(string.IsNullOrEmpty(text) ? "-" : text).PadRight(width), style);
        Paragraph.Append(" ");
        return this;
    }
}
