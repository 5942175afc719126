using Spectre.Console;

namespace RealtimeHub.Cli.Output;

/// <summary>One line whose parts may have a style. What others have written is made printable.</summary>
internal sealed class StyledLine
{
    private string _gap = "";

    public Paragraph Paragraph { get; } = new();

    /// <summary>Adds a part after a blank; nothing trails the last part.</summary>
    /// <param name="text">The part.</param>
    /// <param name="width">How wide it is at least, when another part follows.</param>
    /// <param name="style">How it looks.</param>
    /// <param name="whenEmpty">What stands for an empty part.</param>
    public StyledLine Add(string? text, int width = 0, Style? style = null, string whenEmpty = "-")
    {
        var printable = Printable.Text(string.IsNullOrEmpty(text) ? whenEmpty : text);
        Paragraph.Append(_gap);
        Paragraph.Append(printable, style);
        _gap = new string(' ', Math.Max(0, width - printable.Length) + 1);
        return this;
    }
}
