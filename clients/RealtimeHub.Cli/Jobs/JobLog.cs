using System.Text.Json.Nodes;
using System.Threading.Channels;
using RealtimeHub.Cli.Output;
using RealtimeHub.Client.Jobs;
using RealtimeHub.Protocol.Requests;

namespace RealtimeHub.Cli.Jobs;

/// <summary>One job's events on their way to the server.</summary>
/// <remarks>
/// A command that writes faster than the server reads is slowed down. One whose server is away is held up for
/// <see cref="Patience"/> at most: then lines are left out, and counted, until there is room again. Thread-safe.
/// </remarks>
internal sealed class JobLog(EventUpload upload, CliOutput output, TimeProvider time) : IDisposable
{
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private readonly SemaphoreSlim _turn = new(1, 1);
    private long _leftOut;

    /// <summary>A line of the command's output.</summary>
    public async Task LineAsync(string stream, string level, string message)
    {
        await _turn.WaitAsync().ConfigureAwait(false);
        try
        {
            var line = JobEvents.Line(time.GetUtcNow(), level, message, new JsonObject { ["stream"] = stream });
            var isTaken = _leftOut == 0
                ? TryWrite(line) || await TryWaitAsync(line).ConfigureAwait(false)
                : TryTellLeftOut() && TryWrite(line);
            if (!isTaken)
            {
                _leftOut++;
            }
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>A state of the job; waits for room, for it must not be left out.</summary>
    /// <exception cref="ChannelClosedException">The server refuses the job's events.</exception>
    public async Task StateAsync(PublishEvent state, CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            if (_leftOut > 0)
            {
                await upload.WriteAsync(LeftOut(), cancellationToken).ConfigureAwait(false);
                _leftOut = 0;
            }

            await upload.WriteAsync(state, cancellationToken).ConfigureAwait(false);
            Show(state);
        }
        finally
        {
            _turn.Release();
        }
    }

    public void Dispose() => _turn.Dispose();

    private bool TryTellLeftOut()
    {
        if (!TryWrite(LeftOut()))
        {
            return false;
        }

        _leftOut = 0;
        return true;
    }

    private PublishEvent LeftOut() => JobEvents.Line(
        time.GetUtcNow(),
        "WARNING",
        $"{_leftOut} line(s) were left out here: the server was away for too long.",
        new JsonObject { ["stream"] = "rthub" });

    private async Task<bool> TryWaitAsync(PublishEvent published)
    {
        using var patience = new CancellationTokenSource(Patience, time);
        try
        {
            await upload.WriteAsync(published, patience.Token).ConfigureAwait(false);
            Show(published);
            return true;
        }
        catch (Exception e) when (e is OperationCanceledException or ChannelClosedException)
        {
            return false;
        }
    }

    private bool TryWrite(PublishEvent published)
    {
        if (!upload.TryWrite(published))
        {
            return false;
        }

        Show(published);
        return true;
    }

    private void Show(PublishEvent published)
    {
        if (output.IsJson)
        {
            output.Json(published);
        }
    }
}
