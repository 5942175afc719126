using System.Text.Json;
using RealtimeHub.Protocol.Json;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace RealtimeHub.Cli.Output;

/// <summary>Data goes to standard output, everything else to standard error. Thread-safe.</summary>
internal sealed class CliOutput
{
    // Lines are never wrapped: a terminal does that itself, and a file wants them whole.
    private const int Unwrapped = 100_000;

    private readonly Lock _gate = new();
    private readonly CliHost _host;
    private readonly IAnsiConsole _lines;

    public CliOutput(CliHost host, bool isJson)
    {
        _host = host;
        IsJson = isJson;
        Console = CreateConsole(host);
        _lines = CreateConsole(host);
        _lines.Profile.Width = Unwrapped;
    }

    /// <summary>Whether data is written as one JSON object per line.</summary>
    public bool IsJson { get; }

    /// <summary>The terminal as wide as it is, for what is drawn in place.</summary>
    public IAnsiConsole Console { get; }

    /// <summary>One line of JSON, as data.</summary>
    public void Json<T>(T value)
    {
        var line = JsonSerializer.Serialize(value, RealtimeJson.Options);
        lock (_gate)
        {
            _host.Output.WriteLine(line);
            _host.Output.Flush();
        }
    }

    /// <summary>Data for people.</summary>
    public void Data(IRenderable renderable)
    {
        lock (_gate)
        {
            _lines.Write(renderable);
            _host.Output.Flush();
        }
    }

    /// <summary>Data for people that fill the width of the terminal.</summary>
    public void Drawing(IRenderable renderable)
    {
        lock (_gate)
        {
            Console.Write(renderable);
            Console.WriteLine();
            _host.Output.Flush();
        }
    }

    /// <summary>One line of data for people.</summary>
    public void Line(StyledLine line)
    {
        lock (_gate)
        {
            _lines.Write(line.Paragraph);
            _lines.WriteLine();
            _host.Output.Flush();
        }
    }

    /// <summary>Data as it is.</summary>
    public void Raw(ReadOnlySpan<char> text)
    {
        lock (_gate)
        {
            _host.Output.Write(text);
            _host.Output.Flush();
        }
    }

    /// <summary>What is not data, as it is.</summary>
    public void RawError(ReadOnlySpan<char> text)
    {
        lock (_gate)
        {
            _host.Error.Write(text);
            _host.Error.Flush();
        }
    }

    /// <summary>A sentence that is not data.</summary>
    public void Note(string sentence)
    {
        lock (_gate)
        {
            _host.Error.WriteLine(Printable.Text(sentence));
        }
    }

    private static IAnsiConsole CreateConsole(CliHost host) => AnsiConsole.Create(new AnsiConsoleSettings
    {
        Ansi = host.IsTerminal ? host.IsAnsi is { } isAnsi ? isAnsi ? AnsiSupport.Yes : AnsiSupport.No : AnsiSupport.Detect : AnsiSupport.No,
        ColorSystem = host.IsTerminal ? ColorSystemSupport.Detect : ColorSystemSupport.NoColors,
        Interactive = host.IsTerminal ? host.IsAnsi == true ? InteractionSupport.Yes : InteractionSupport.Detect : InteractionSupport.No,
        Out = new AnsiConsoleOutput(host.Output),
    });
}
