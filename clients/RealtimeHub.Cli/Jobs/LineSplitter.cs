namespace RealtimeHub.Cli.Jobs;

/// <summary>Cuts a flow of characters into lines. A line that overwrites itself with carriage returns counts as it stands at its end.</summary>
/// <remarks>Lines longer than <see cref="MaxLineLength"/> are cut into several. Used by one reader.</remarks>
internal sealed class LineSplitter(Action<string> onLine)
{
    /// <summary>So long that one line, however it is escaped, fits into one message of 64 KiB.</summary>
    public const int MaxLineLength = 8_192;

    private readonly char[] _line = new char[MaxLineLength];
    private int _length;

    public void Write(ReadOnlySpan<char> text)
    {
        while (!text.IsEmpty)
        {
            var end = text.IndexOf('\n');
            Append(end < 0 ? text : text[..end]);
            if (end < 0)
            {
                return;
            }

            Flush();
            text = text[(end + 1)..];
        }
    }

    /// <summary>The flow has ended; what is left is a line.</summary>
    public void Complete()
    {
        if (_length > 0)
        {
            Flush();
        }
    }

    private void Append(ReadOnlySpan<char> part)
    {
        while (part.Length > _line.Length - _length)
        {
            var room = _line.Length - _length;
            part[..room].CopyTo(_line.AsSpan(_length));
            part = part[room..];
            _length = _line.Length;
            Flush();
        }

        part.CopyTo(_line.AsSpan(_length));
        _length += part.Length;
    }

    private void Flush()
    {
        var line = _line.AsSpan(0, _length).TrimEnd('\r');
        onLine(new string(line[(line.LastIndexOf('\r') + 1)..]));
        _length = 0;
    }
}
