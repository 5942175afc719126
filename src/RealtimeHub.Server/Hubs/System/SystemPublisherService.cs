using System.Text.Json.Serialization;
using Microsoft.Extensions.Options;
using RealtimeHub.Engine.Channels;
using RealtimeHub.Engine.Nodes;
using RealtimeHub.Protocol.Channels;
using RealtimeHub.Protocol.Errors;
using RealtimeHub.Protocol.Json;
using RealtimeHub.Protocol.Requests;
using RealtimeHub.Server.Hubs.Events;
using RealtimeHub.Server.Hubs.Events.Schema;
using RealtimeHub.Server.Hubs.System.Sampling;
using RealtimeHub.Server.Publishing;

namespace RealtimeHub.Server.Hubs.System;

/// <summary>Publishes this node's status every few seconds, and changes of services as events.</summary>
internal sealed class SystemPublisherService(
    SystemSampler sampler, ServiceRegistry registry, IChannelStore store, IOptions<SystemPublishingOptions> options, ISharedState shared, TimeProvider clock, ILogger<SystemPublisherService> logger)
    : BackgroundService
{
    private const string StatusType = "node.status";

    public override Task StartAsync(CancellationToken cancellationToken)
    {
        registry.Changed += OnChanged;
        return base.StartAsync(cancellationToken);
    }

    public override Task StopAsync(CancellationToken cancellationToken)
    {
        registry.Changed -= OnChanged;
        return base.StopAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(options.Value.Interval, clock);
        do
        {
            try
            {
                await PublishAsync(stoppingToken);
            }
#pragma warning disable CA1031 // One sample that fails must not end the status for good.
            catch (Exception exception) when (exception is not OperationCanceledException)
#pragma warning restore CA1031
            {
                SystemLog.SampleFailed(logger, exception);
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    private async Task PublishAsync(CancellationToken cancellationToken)
    {
        var status = await sampler.SampleAsync(cancellationToken);
        if (!await shared.TryHoldAsync($"status:{status.Node}", options.Value.Interval, cancellationToken))
        {
            // Another server of this machine says the same.
            return;
        }

        var now = clock.GetUtcNow();
        var envelope = new Envelope
        {
            Type = StatusType,
            Timestamp = now,
            EventId = Guid.CreateVersion7(now).ToString("N"),
            Payload = JsonPayload.From(status, RealtimeJsonContext.Default.SystemStatus),
            Tags = new Dictionary<string, string> { ["node"] = status.Node, ["health"] = status.Health },
            ConflationKey = status.Node,
        };
        await store.AppendAsync(new AppendRequest(SystemFamily.Channel, [envelope]), cancellationToken);
    }

    private async void OnChanged(ServiceStatusChange change)
    {
        try
        {
            if (!await shared.TryHoldAsync($"service:{change.Current.Service}"))
            {
                return;
            }

            var payload = JsonPayload.From(
                new ChangePayload(change.Current.Service, change.Current.Status, change.PreviousStatus, change.Current.Message), SystemJsonContext.Default.ChangePayload);
            var source = new PublishEvent { Type = "service.status_changed", Payload = payload };
            var errors = new List<FieldError>();
            var defaults = new EnvelopeDefaults(Guid.CreateVersion7(clock.GetUtcNow()).ToString("N"), clock.GetUtcNow());
            if (EventTypeTable.TryGet(source.Type, out var type) && EventEnvelopes.From(type, source, defaults, errors) is { } envelope)
            {
                await store.AppendAsync(new AppendRequest(EventsFamily.Channel, [envelope]));
            }
            else
            {
                throw new InvalidOperationException(string.Join("; ", errors.Select(e => $"{e.Field}: {e.Message}")));
            }
        }
#pragma warning disable CA1031 // An event handler has nobody to throw to.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            SystemLog.ChangeNotPublished(logger, exception, change.Current.Service);
        }
    }

    internal sealed record ChangePayload(string Service, string Status, string? PreviousStatus, string? Message);
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(SystemPublisherService.ChangePayload))]
internal sealed partial class SystemJsonContext : JsonSerializerContext;
