using Spectre.Console;

namespace RealtimeHub.Cli.Output;

/// <summary>One line whose parts may have a style. What others have written is made printable.</summary>
internal sealed class StyledLine
{
    public Paragraph Paragraph { get; } = new();

    /// <summary>Adds a part after a blank.</summary>
    /// <param name="text">The part.</param>
    /// <param name="width">How wide it is at least.</param>
    /// <param name="style">How it looks.</param>
    /// <param name="whenEmpty">What stands for an empty part.</param>
    public StyledLine Add(string? text, int width = 0, Style? style = null, string whenEmpty = "-")
    {
        if (Paragraph.Length > 0)
        {
            Paragraph.Append(" ");
        }

        Paragraph.Append(Printable.Text(string.IsNullOrEmpty(text) ? whenEmpty : text).PadRight(width), style);
        return this;
    }
}
