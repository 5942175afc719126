using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using RealtimeHub.Benchmarks.Serving;

namespace RealtimeHub.Benchmarks.Comparing;

/// <summary>A server in a process of its own, and the line over which it is commanded.</summary>
/// <remarks>Thread-safe. The process ends with its standard input, so it cannot outlive this one.</remarks>
internal sealed class ServerProcess : IAsyncDisposable
{
    private static readonly TimeSpan StartTimeout = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan StopTimeout = TimeSpan.FromSeconds(5);

    private readonly ConcurrentDictionary<string, TaskCompletionSource<string>> _pending = new();
    private readonly TextWriter _commands;
    private readonly Process _process;
    private readonly Task _answers;
    private int _lastId;

    private ServerProcess(Process process, int port)
    {
        _process = process;
        Port = port;
        _commands = TextWriter.Synchronized(process.StandardInput);
        _answers = ReadAnswersAsync();
    }

    /// <summary>Where it listens on loopback.</summary>
    public int Port { get; }

    /// <summary>Starts a server and waits until it listens.</summary>
    public static async Task<ServerProcess> StartAsync(ServeOptions options)
    {
        var process = Process.Start(StartInfo(options))!;
        try
        {
            var line = await process.StandardOutput.ReadLineAsync().WaitAsync(StartTimeout);
            return line?.StartsWith(BenchServer.ReadyPrefix, StringComparison.Ordinal) == true
                ? new ServerProcess(process, int.Parse(line.AsSpan(BenchServer.ReadyPrefix.Length), CultureInfo.InvariantCulture))
                : throw new InvalidOperationException($"The {options.Variant} server did not start.");
        }
        catch
        {
            process.Kill();
            process.Dispose();
            throw;
        }
    }

    /// <summary>Sends a command and waits for its answer.</summary>
    /// <exception cref="TimeoutException">The server did not answer in time.</exception>
    public async Task<T> AskAsync<T>(TimeSpan timeout, string verb, params object[] arguments)
    {
        var id = Interlocked.Increment(ref _lastId).ToString(CultureInfo.InvariantCulture);
        var answer = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        _pending[id] = answer;
        Send(id, verb, arguments);
        var text = await answer.Task.WaitAsync(timeout);
        return text.StartsWith('!')
            ? throw new InvalidOperationException($"The server could not answer '{verb}': {text[1..]}")
            : JsonSerializer.Deserialize<T>(text)!;
    }

    /// <summary>Sends a command that is not answered, or nothing if the process has ended.</summary>
    public void Tell(string verb, params object[] arguments)
    {
        try
        {
            Send(ServerCommands.NoId, verb, arguments);
        }
        catch (IOException)
        {
            // Whoever waits for an answer hears of it.
        }
    }

    public async ValueTask DisposeAsync()
    {
        _process.StandardInput.Close();
        try
        {
            await _process.WaitForExitAsync().WaitAsync(StopTimeout);
        }
        catch (TimeoutException)
        {
            _process.Kill();
        }

        await _answers;
        _process.Dispose();
    }

    private static ProcessStartInfo StartInfo(ServeOptions options)
    {
        if (ServerVariants.Node.Contains(options.Variant))
        {
            return NodeServers.StartInfo(options.Variant);
        }

        var executable = Environment.ProcessPath!;
        var start = new ProcessStartInfo(executable) { RedirectStandardInput = true, RedirectStandardOutput = true };
        if (Path.GetFileNameWithoutExtension(executable) == "dotnet")
        {
            start.ArgumentList.Add(typeof(ServerProcess).Assembly.Location);
        }

        start.ArgumentList.Add("serve");
        start.ArgumentList.Add(options.Variant);
        start.ArgumentList.Add("--send-buffer");
        start.ArgumentList.Add(options.SendBufferBytes.ToString(CultureInfo.InvariantCulture));
        return start;
    }

    private void Send(string id, string verb, object[] arguments)
    {
        var words = arguments.Select(argument => Convert.ToString(argument, CultureInfo.InvariantCulture));
        _commands.WriteLine(string.Join(' ', [id, verb, .. words]));
        _commands.Flush();
    }

    private async Task ReadAnswersAsync()
    {
        while (await _process.StandardOutput.ReadLineAsync() is { } line)
        {
            var space = line.IndexOf(' ', StringComparison.Ordinal);
            if (space > 0 && _pending.TryRemove(line[..space], out var answer))
            {
                answer.SetResult(line[(space + 1)..]);
            }
        }

        foreach (var answer in _pending.Values)
        {
            answer.TrySetException(new InvalidOperationException("The server process has ended."));
        }
    }
}
