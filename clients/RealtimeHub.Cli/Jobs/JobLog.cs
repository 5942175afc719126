using System.Text.Json.Nodes;
using RealtimeHub.Cli.Output;
using RealtimeHub.Client.Jobs;
using RealtimeHub.Protocol.Requests;

namespace RealtimeHub.Cli.Jobs;

/// <summary>One job's events on their way to the server. The command never waits for the server: when the upload is full, lines are left out and counted.</summary>
/// <remarks>Thread-safe.</remarks>
internal sealed class JobLog(EventUpload upload, CliOutput output, TimeProvider time)
{
    private readonly Lock _gate = new();
    private long _leftOut;

    /// <summary>A line of the command's output.</summary>
    public void Line(string stream, string level, string message)
    {
        lock (_gate)
        {
            var line = JobEvents.Line(time.GetUtcNow(), level, message, new JsonObject { ["stream"] = stream });
            if (!TryTellLeftOut() || !TryWrite(line))
            {
                _leftOut++;
            }
        }
    }

    /// <summary>A state of the job; waits for room, for it must not be left out.</summary>
    public async Task StateAsync(PublishEvent state, CancellationToken cancellationToken)
    {
        PublishEvent? leftOut;
        lock (_gate)
        {
            leftOut = TakeLeftOut();
        }

        if (leftOut is not null)
        {
            await upload.WriteAsync(leftOut, cancellationToken).ConfigureAwait(false);
        }

        await upload.WriteAsync(state, cancellationToken).ConfigureAwait(false);
        Show(state);
    }

    private bool TryTellLeftOut()
    {
        if (_leftOut == 0)
        {
            return true;
        }

        var count = _leftOut;
        if (TakeLeftOut() is { } notice && TryWrite(notice))
        {
            return true;
        }

        _leftOut = count;
        return false;
    }

    private PublishEvent? TakeLeftOut()
    {
        if (_leftOut == 0)
        {
            return null;
        }

        var message = $"{_leftOut} line(s) were left out here: the server was away or too slow for too long.";
        _leftOut = 0;
        return JobEvents.Line(time.GetUtcNow(), "WARNING", message, new JsonObject { ["stream"] = "rthub" });
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
