using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using RealtimeHub.Engine.Channels;
using RealtimeHub.Engine.Nodes;

namespace RealtimeHub.Engine.Acks;

/// <summary>Lets every channel with acknowledgements look at the clock four times a second.</summary>
internal sealed class RedeliveryService(
    ChannelDirectory directory,
    IEnumerable<IEscalationSink> sinks,
    ISharedState shared,
    TimeProvider clock,
    ILogger<RedeliveryService> logger) : IHostedService, IDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan Remembered = TimeSpan.FromDays(2);

    private readonly CancellationTokenSource _stopping = new();
    private readonly IEscalationSink[] _sinks = [.. sinks];
    private ITimer? _timer;
    private Task _escalating = Task.CompletedTask;
    private int _isStopped;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        _timer = clock.CreateTimer(static state => ((RedeliveryService)state!).Tick(), this, Interval, Interval);
        return Task.CompletedTask;
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        // A host may stop what it has disposed of already.
        if (Interlocked.Exchange(ref _isStopped, 1) == 1)
        {
            return;
        }

        await _stopping.CancelAsync();
        if (_timer is not null)
        {
            await _timer.DisposeAsync();
        }

        await _escalating;
    }

    public void Dispose()
    {
        Interlocked.Exchange(ref _isStopped, 1);
        _timer?.Dispose();
        _stopping.Dispose();
    }

    private void Tick()
    {
        if (Volatile.Read(ref _isStopped) == 1)
        {
            return;
        }

        foreach (var channel in directory.Channels)
        {
            if (channel.Acks?.Tick(clock.GetUtcNow()) is { Count: > 0 } escalations)
            {
                _escalating = EscalateAsync(_escalating, escalations);
            }
        }
    }

    // One after the other, so that stopping can wait for the last.
    private async Task EscalateAsync(Task before, IReadOnlyList<Escalation> escalations)
    {
        await before;
        foreach (var escalation in escalations)
        {
            var frame = escalation.Frame;
            if (!await IsMineAsync(escalation))
            {
                continue;
            }

            EngineLog.FrameEscalated(logger, frame.Sequence, frame.Channel, escalation.Consumer?.Name, escalation.Attempts);
            foreach (var sink in _sinks)
            {
                try
                {
                    await sink.EscalateAsync(escalation, _stopping.Token);
                }
#pragma warning disable CA1031 // One sink that fails must not keep the others from hearing of it.
                catch (Exception exception)
#pragma warning restore CA1031
                {
                    EngineLog.EscalationFailed(logger, exception, frame.Sequence, frame.Channel);
                }
            }
        }
    }

    // Every node keeps the same books; one of them makes it known.
    private async ValueTask<bool> IsMineAsync(Escalation escalation)
    {
        var frame = escalation.Frame;
        var consumer = escalation.Consumer is { } key ? $"{key.User}\n{key.Name}" : "";
        try
        {
            return await shared.TryUseOnceAsync($"escalation:{frame.Channel}:{frame.Position}:{consumer}", Remembered, _stopping.Token);
        }
        catch (ChannelStoreUnavailableException)
        {
            // It cannot be made known anyhow; the store's other clients will say so.
            return true;
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }
}
