using System.Text;
using RealtimeHub.Tests.Client.Scripted;

namespace RealtimeHub.Tests.Cli;

/// <summary>A writer whose lines can be awaited. Thread-safe.</summary>
internal sealed class LineLog : TextWriter
{
    private readonly Lock _gate = new();
    private readonly StringBuilder _all = new();
    private readonly StringBuilder _line = new();
    private readonly EventLog<string> _lines = new();

    public override Encoding Encoding => Encoding.UTF8;

    public string Text
    {
        get
        {
            lock (_gate)
            {
                return _all.ToString();
            }
        }
    }

    public override void Write(char value)
    {
        lock (_gate)
        {
            _all.Append(value);
            if (value != '\n')
            {
                _line.Append(value);
                return;
            }

            _lines.Add(_line.ToString());
            _line.Clear();
        }
    }

    public Task<string> LineAsync(string containing) =>
        _lines.NextAsync(line => line.Contains(containing, StringComparison.Ordinal));
}
