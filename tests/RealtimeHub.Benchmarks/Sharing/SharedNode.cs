using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Globalization;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using RealtimeHub.Engine;
using RealtimeHub.Engine.Acks;
using RealtimeHub.Engine.Channels;
using RealtimeHub.Engine.Cursors;
using RealtimeHub.Engine.Streaming;
using RealtimeHub.Engine.Subscriptions;
using RealtimeHub.Protocol.Channels;
using RealtimeHub.Redis;
using RealtimeHub.Redis.Channels;
using RealtimeHub.Redis.Links;

namespace RealtimeHub.Benchmarks.Sharing;

/// <summary>The engine of one node with one reader of one channel; on Redis, or alone.</summary>
internal sealed class SharedNode : IMessageRoad
{
    private static readonly IMeterFactory Meters = new ServiceCollection().AddMetrics().BuildServiceProvider().GetRequiredService<IMeterFactory>();
    private static readonly ChannelName Channel = ChannelName.Parse("bench");

    private readonly RedisLinks? _links;
    private readonly RedisChannelStore? _shared;
    private readonly IChannelStore _store;
    private readonly CancellationTokenSource _stopping = new();
    private Task _reading = Task.CompletedTask;

    public SharedNode(string? endpoint)
    {
        var engine = new EngineMetrics(Meters, NullLogger<EngineMetrics>.Instance);
        var family = new ChannelFamily { Name = "bench", Target = "Bench", Retention = new RetentionLimits(200_000, 1L << 30, TimeSpan.FromHours(1)) };
        var directory = new ChannelDirectory([family], Options.Create(new ChannelEngineOptions()), Options.Create(new AckOptions()), TimeProvider.System, engine);
        if (endpoint is null)
        {
            _store = new InMemoryChannelStore(directory, TimeProvider.System);
            return;
        }

        var options = Options.Create(new RedisOptions { Endpoints = [endpoint] });
        var metrics = new RedisMetrics(Meters);
        _links = new RedisLinks(options, metrics, TimeProvider.System, NullLogger<RedisLinks>.Instance);
        _shared = new RedisChannelStore(directory, _links, options, metrics, engine, TimeProvider.System, NullLogger<RedisChannelStore>.Instance);
        _store = _shared;
    }

    public async Task ListenAsync(Action<int, long> heard)
    {
        if (_shared is not null)
        {
            await _shared.StartAsync(CancellationToken.None);
        }

        var channel = await _store.OpenAsync(Channel);
        var reader = new ChannelStreamReader("bench", channel!, new SubscribePlan { Id = "b", Channel = Channel, Policy = SlowConsumerPolicy.Lossless });
        _reading = Task.Run(async () =>
        {
            try
            {
                await foreach (var item in reader.ReadAsync(_stopping.Token))
                {
                    if (item.Frame is { } frame)
                    {
                        heard(int.Parse(frame.EventId, CultureInfo.InvariantCulture), Stopwatch.GetTimestamp());
                    }
                }
            }
            catch (OperationCanceledException)
            {
                // The run is over.
            }
        });
    }

    public async Task SendAsync(int first, int count, string payload)
    {
        var envelopes = new Envelope[count];
        for (var i = 0; i < count; i++)
        {
            envelopes[i] = new Envelope
            {
                Type = "bench.frame",
                Timestamp = TimeProvider.System.GetUtcNow(),
                EventId = (first + i).ToString(CultureInfo.InvariantCulture),
                Payload = JsonPayload.FromValidUtf8(Encoding.UTF8.GetBytes($"\"{payload}\"")),
            };
        }

        var result = await _store.AppendAsync(new AppendRequest(Channel, envelopes));
        if (result.Status != AppendStatus.Done)
        {
            throw new InvalidOperationException($"The append ended as {result.Status}.");
        }
    }

    /// <summary>Reads everything that the channel keeps, as a node does whose first reader comes.</summary>
    public async Task<int> CatchUpAsync()
    {
        await _shared!.StartAsync(CancellationToken.None);
        var log = (await _store.OpenAsync(Channel))!.Log;
        return (int)(log.Newest - log.OldestKept + 1);
    }

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        await _reading;
        if (_shared is not null)
        {
            await _shared.StopAsync();
            await _links!.DisposeAsync();
        }

        _stopping.Dispose();
    }
}
