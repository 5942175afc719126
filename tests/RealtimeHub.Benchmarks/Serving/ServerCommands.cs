using System.Globalization;
using System.Text.Json;

namespace RealtimeHub.Benchmarks.Serving;

/// <summary>Answers the commands of the comparing process, one per line, several at once: an id, a verb and its arguments.</summary>
/// <remarks>The answer is the id and JSON, or the id and <c>!</c> with what went wrong. What has no id is not answered.</remarks>
internal sealed class ServerCommands(ConnectionCounter counter, IBenchPublisher publisher)
{
    /// <summary>The id of a command that wants no answer.</summary>
    public const string NoId = "-";

    /// <summary>Waits until so many connections have joined; argument: how many.</summary>
    public const string AwaitConnections = "connections";

    /// <summary>Publishes flat out; arguments: how many frames, of how many bytes, in which window.</summary>
    public const string Burst = "burst";

    /// <summary>Lets a publisher with a window go on; argument: how many frames every client has.</summary>
    public const string Received = "received";

    /// <summary>Publishes at a pace; arguments: frames per second, seconds, bytes.</summary>
    public const string Pace = "pace";

    /// <summary>Reports what the process has used.</summary>
    public const string Report = "report";

    /// <summary>Reports what the process has used, after a full collection.</summary>
    public const string Collect = "collect";

    private readonly FramePublisher _frames = new(publisher);

    /// <summary>Answers commands until the input ends.</summary>
    /// <remarks>On a thread of its own: reading the console blocks, and the pool's threads belong to the server.</remarks>
    public Task RunAsync(TextReader input, TextWriter output, CancellationToken cancellationToken)
    {
        var synchronized = TextWriter.Synchronized(output);
        return Task.Factory.StartNew(Read, cancellationToken, TaskCreationOptions.LongRunning, TaskScheduler.Default);

        void Read()
        {
            while (input.ReadLine() is { } line)
            {
                _ = AnswerAsync(line.Split(' '), synchronized, cancellationToken);
            }
        }
    }

    private async Task AnswerAsync(string[] words, TextWriter output, CancellationToken cancellationToken)
    {
        string answer;
        try
        {
            answer = JsonSerializer.Serialize(await ExecuteAsync(words[1], words[2..], cancellationToken));
        }
        catch (Exception error)
        {
            answer = "!" + error.Message.ReplaceLineEndings(" ");
        }

        if (words[0] != NoId)
        {
            output.WriteLine($"{words[0]} {answer}");
            output.Flush();
        }
    }

    private async Task<object> ExecuteAsync(string verb, string[] arguments, CancellationToken cancellationToken)
    {
        // The reader of commands must go on at once, whatever a command does first.
        await Task.Yield();
        return verb switch
        {
            AwaitConnections => await AwaitConnectionsAsync(Number(arguments[0]), cancellationToken),
            Burst => await _frames.BurstAsync(Number(arguments[0]), Number(arguments[1]), Number(arguments[2])),
            Received => NoteReceived(Number(arguments[0])),
            Pace => await _frames.PaceAsync(
                Number(arguments[0]), double.Parse(arguments[1], CultureInfo.InvariantCulture), Number(arguments[2])),
            Report => ServerReport.Take(collect: false, counter.Count),
            Collect => ServerReport.Take(collect: true, counter.Count),
            _ => throw new ArgumentException($"There is no command '{verb}'.", nameof(verb)),
        };
    }

    private int NoteReceived(int frames)
    {
        _frames.Window.Report(frames);
        return frames;
    }

    private async Task<int> AwaitConnectionsAsync(int count, CancellationToken cancellationToken)
    {
        while (counter.Count < count)
        {
            await Task.Delay(10, cancellationToken);
        }

        return counter.Count;
    }

    private static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);
}
