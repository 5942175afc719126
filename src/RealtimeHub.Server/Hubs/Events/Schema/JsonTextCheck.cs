using System.Globalization;
using System.Text.Unicode;

namespace RealtimeHub.Server.Hubs.Events.Schema;

/// <summary>Tells whether the strings of a JSON text are Unicode: parsers let half a surrogate pair pass, and readers throw on it.</summary>
internal static class JsonTextCheck
{
    /// <summary>Whether every string of this valid JSON text can be read.</summary>
    public static bool IsUnicode(ReadOnlySpan<byte> json)
    {
        if (!Utf8.IsValid(json))
        {
            return false;
        }

        while (true)
        {
            var escape = json.IndexOf((byte)'\\');
            if (escape < 0)
            {
                return true;
            }

            json = json[escape..];
            if (!TryReadUnit(json, out var unit))
            {
                // Two bytes: the backslash and what it escapes, which may be another backslash.
                json = json[2..];
                continue;
            }

            json = json[6..];
            if (char.IsLowSurrogate(unit))
            {
                return false;
            }

            if (char.IsHighSurrogate(unit))
            {
                if (!TryReadUnit(json, out var second) || !char.IsLowSurrogate(second))
                {
                    return false;
                }

                json = json[6..];
            }
        }
    }

    // Reads an escape of the form \uXXXX.
    private static bool TryReadUnit(ReadOnlySpan<byte> json, out char unit)
    {
        unit = '\0';
        if (json.Length < 6
            || !json.StartsWith("\\u"u8)
            || !ushort.TryParse(json[2..6], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var value))
        {
            return false;
        }

        unit = (char)value;
        return true;
    }
}
