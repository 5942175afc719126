using Microsoft.Extensions.Options;
using RealtimeHub.Engine.Nodes;
using RealtimeHub.Server.Auth;
using RealtimeHub.Server.Publishing;

namespace RealtimeHub.Server.Hubs.Events.SampleEvents;

/// <summary>Publishes the sample household's events as they happen, on the same way as any producer's.</summary>
internal sealed class SampleEventsService(ChannelPublisher publisher, IOptions<SampleDataOptions> options, ISharedState shared, TimeProvider clock, ILogger<SampleEventsService> logger)
    : BackgroundService
{
    private static readonly Principal Household = new("sample-household", null, [], [Scopes.EventsWrite], "development");

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!options.Value.Enabled)
        {
            return;
        }

        foreach (var (delay, source) in SampleHousehold.Events(options.Value.Seed, clock.GetUtcNow()))
        {
            var wait = delay / options.Value.Speed;
            var isMine = await shared.TryHoldAsync("sample-events", wait, stoppingToken);
            await Task.Delay(wait, clock, stoppingToken);
            if (!isMine)
            {
                continue;
            }

            var outcome = await publisher.PublishAsync(Household, EventsFamily.Channel, [source], null, stoppingToken);
            if (outcome.Error is { } error)
            {
                SampleLog.NotPublished(logger, source.Type, error.Message);
            }
        }
    }
}
