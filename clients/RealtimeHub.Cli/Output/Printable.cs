using System.Text;

namespace RealtimeHub.Cli.Output;

/// <summary>Text of others, made safe for a terminal: no control character gets through.</summary>
internal static class Printable
{
    private const char Replacement = '\uFFFD';

    public static string Text(string text)
    {
        if (!text.AsSpan().ContainsAnyInRange('\0', '\u001F') && !text.AsSpan().ContainsAnyInRange('\u007F', '\u009F'))
        {
            return text;
        }

        var printable = new StringBuilder(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            i += ColourLength(text, i);
            if (i < text.Length)
            {
                printable.Append(text[i] == '\t' || !char.IsControl(text[i]) ? text[i] : Replacement);
            }
        }

        return printable.ToString();
    }

    // Colour sequences, ESC [ digits m, are common in logs and vanish as a whole.
    private static int ColourLength(string text, int at)
    {
        var start = at;
        while (text.AsSpan(at).StartsWith("\u001b["))
        {
            var end = at + 2;
            while (end < text.Length && (char.IsAsciiDigit(text[end]) || text[end] == ';'))
            {
                end++;
            }

            if (end == text.Length || text[end] != 'm')
            {
                break;
            }

            at = end + 1;
        }

        return at - start;
    }
}
