using System.Collections.Concurrent;
using Microsoft.AspNetCore.SignalR;
using RealtimeHub.Protocol.Climate;
using RealtimeHub.Protocol.Hubs;
using RealtimeHub.Protocol.Notices;
using RealtimeHub.Server.Hubs.Climate.Data.Watching;
using RealtimeHub.Server.Hubs.Climate.Requests;
using RealtimeHub.Server.Policy;

namespace RealtimeHub.Server.Hubs.Climate.Channels;

/// <summary>Has the frames made that are due, of channels that somebody reads: drivers first, then fields, then tiles.</summary>
internal sealed class ClimateFrameService(
    ClimateChannelTable table,
    FrameMaker maker,
    TilePrefetch prefetch,
    FieldSourceDirectory sources,
    GovernedChannels governed,
    IHubContext<ClimateHub, IClimateClient> hub,
    TimeProvider clock) : BackgroundService
{
    private static readonly TimeSpan SweepInterval = TimeSpan.FromSeconds(10);

    // How soon it is seen that a channel has readers again, such as those that were moved to it.
    private static readonly TimeSpan IdleLook = TimeSpan.FromSeconds(1);

    private readonly SemaphoreSlim _wake = new(0, 1);

    // Explanations cost most; one at a time, they leave the other processors to fields and drivers.
    private readonly SemaphoreSlim _frames = new(Math.Max(1, Environment.ProcessorCount - 1));
    private readonly SemaphoreSlim _explanations = new(1);
    private readonly ConcurrentDictionary<ClimateChannel, Task> _making = new();
    private Task _prefetching = Task.CompletedTask;

    /// <summary>Looks for what is due at once: a channel is new, or data are.</summary>
    public void Wake()
    {
        try
        {
            _wake.Release();
        }
        catch (SemaphoreFullException)
        {
            // Somebody has woken it already.
        }
    }

    public override Task StartAsync(CancellationToken cancellationToken)
    {
        sources.Changed += OnSourceChanged;
        governed.Redecided += OnRedecided;
        return base.StartAsync(cancellationToken);
    }

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        sources.Changed -= OnSourceChanged;
        governed.Redecided -= OnRedecided;
        await base.StopAsync(cancellationToken);
        await Task.WhenAll([.. _making.Values, _prefetching]);
    }

    public override void Dispose()
    {
        _wake.Dispose();
        _frames.Dispose();
        _explanations.Dispose();
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var sweep = clock.GetUtcNow() + SweepInterval;
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                var now = clock.GetUtcNow();
                Dispatch(now, stoppingToken);
                Prefetch(stoppingToken);
                if (now >= sweep)
                {
                    await table.SweepAsync();
                    sweep = now + SweepInterval;
                }

                var next = table.All.Where(c => !_making.ContainsKey(c)).Select(c => c.Due).Append(sweep).Min();
                await WaitAsync(next, stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
        }
    }

    private void Dispatch(DateTimeOffset now, CancellationToken stoppingToken)
    {
        foreach (var channel in table.All.Where(c => c.Due <= now && !_making.ContainsKey(c)).OrderBy(c => ClimateFamilies.Of(c.Spec.Kind).Priority))
        {
            if (table.ShortestInterval(channel) is { } shortest)
            {
                (channel.LastRead, channel.Interval) = (now, shortest);
                _making[channel] = Task.Run(() => MakeAsync(channel, stoppingToken), stoppingToken);
            }
            else
            {
                // Nobody would see it; whoever comes has the frame made at once.
                channel.Due = now + IdleLook;
            }
        }
    }

    // One at a time, and only while nobody waits for a frame.
    private void Prefetch(CancellationToken stoppingToken)
    {
        if (_making.IsEmpty && _prefetching.IsCompleted && prefetch.TryTake(out var plan))
        {
            _prefetching = Task.Run(() => PrefetchAsync(plan, stoppingToken), CancellationToken.None);
        }
    }

    private async Task PrefetchAsync(ClimatePlan plan, CancellationToken stoppingToken)
    {
        try
        {
            await prefetch.MakeAsync(plan, stoppingToken);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The server stops.
        }

        Wake();
    }

    private async Task MakeAsync(ClimateChannel channel, CancellationToken stoppingToken)
    {
        var turn = channel.Spec.Kind == FrameKinds.Xai ? _explanations : _frames;
        try
        {
            await turn.WaitAsync(stoppingToken);
            try
            {
                var outcome = await maker.MakeAsync(channel, stoppingToken);
                if (outcome.Error is { } error)
                {
                    await hub.Clients.Group(channel.Name.Value).Error(new ErrorNotice(channel.Name.Value, error));
                }
            }
            finally
            {
                turn.Release();
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The server stops.
        }
        finally
        {
            _making.TryRemove(channel, out _);
            Wake();
        }
    }

    private async Task WaitAsync(DateTimeOffset until, CancellationToken stoppingToken)
    {
        var delay = until - clock.GetUtcNow();
        if (delay <= TimeSpan.Zero)
        {
            return;
        }

        using var either = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken);
        var wake = _wake.WaitAsync(either.Token);
        var due = Task.Delay(delay < SweepInterval ? delay : SweepInterval, clock, either.Token);

        // The time may have come between the look at the clock and the start of the wait, which then would be too long.
        if (clock.GetUtcNow() < until)
        {
            await Task.WhenAny(wake, due);
        }

        await either.CancelAsync();
        await wake.ContinueWith(_ => { }, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        stoppingToken.ThrowIfCancellationRequested();
    }

    // New data are served at once: the clock of what is there now, and a frame.
    private void OnSourceChanged(FieldSourceChange change)
    {
        foreach (var channel in table.All)
        {
            if (channel.Spec.Source == change.Id && channel.Spec.Origin is null)
            {
                channel.Clock = null;
                channel.Repeat(FrameRepeat.NewData);
                channel.Due = clock.GetUtcNow();
            }
        }

        Wake();
    }

    // What a new policy shows is not waited for either: until it comes its readers have nothing.
    private void OnRedecided(Redecision other)
    {
        if (table.Find(other.Channel) is not { } channel)
        {
            return;
        }

        channel.Repeat(FrameRepeat.NewPolicy);
        if (other.IsShown)
        {
            channel.Due = clock.GetUtcNow();
            Wake();
        }
    }
}
