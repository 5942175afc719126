using System.Collections.Concurrent;
using System.Text.Json.Serialization;
using Microsoft.Extensions.Hosting;
using RealtimeHub.Engine.Channels;
using RealtimeHub.Protocol.Channels;

namespace RealtimeHub.Engine.Nodes;

/// <summary>The nodes that are there: each says so every few seconds, and one that is silent for too long is taken for gone. Thread-safe.</summary>
/// <remarks>While the store is away nobody can be heard, and the last known nodes stay.</remarks>
public sealed class NodeDirectory(NodeLogs logs, ISharedState shared, ChannelDirectory channels, TimeProvider clock) : BackgroundService
{
    private const string Log = "alive";
    private const int TellsPerTimeout = 6;

    private readonly ConcurrentDictionary<string, DateTimeOffset> _heard = new(StringComparer.Ordinal);
    private DateTimeOffset _lastCutOff;

    /// <summary>How many nodes there are, this one included.</summary>
    public int Count => Math.Max(1, _heard.Count);

    /// <summary>Called with a node that is taken for gone. Must not block.</summary>
    public event Action<string>? Gone;

    /// <summary>Called with a node that is heard for the first time, or again. Must not block.</summary>
    public event Action<string>? Came;

    /// <inheritdoc />
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!shared.IsShared)
        {
            return;
        }

        try
        {
            await Task.WhenAll(
                logs.HearAsync(Log, StartPoint.Live, Heard, null, null, stoppingToken),
                TellAsync(stoppingToken));
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The server stops; the others notice.
        }
    }

    private ValueTask Heard(JsonPayload entry)
    {
        var node = entry.To(NodeJsonContext.Default.NodeAlive)!.Node;
        var isNew = !_heard.ContainsKey(node);
        _heard[node] = clock.GetUtcNow();
        if (isNew && node != shared.Node)
        {
            Came?.Invoke(node);
        }

        return ValueTask.CompletedTask;
    }

    private async Task TellAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(shared.NodeTimeout / TellsPerTimeout, clock);
        do
        {
            try
            {
                await logs.TellAsync(Log, new NodeAlive(shared.Node), NodeJsonContext.Default.NodeAlive, stoppingToken);
            }
            catch (ChannelStoreUnavailableException)
            {
                // Said again with the next tick.
            }

            Forget();
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    private void Forget()
    {
        var now = clock.GetUtcNow();
        if (!channels.TryGet(ChannelName.Parse($"{NodeLogs.Family.Name}:{Log}"), out var channel) || channel.IsCutOff)
        {
            _lastCutOff = now;
        }

        foreach (var (node, at) in _heard)
        {
            var silentSince = at > _lastCutOff ? at : _lastCutOff;
            if (now - silentSince >= shared.NodeTimeout && _heard.TryRemove(node, out _) && node != shared.Node)
            {
                Gone?.Invoke(node);
            }
        }
    }
}

/// <summary>That a node is there.</summary>
/// <param name="Node">Its name.</param>
internal sealed record NodeAlive(string Node);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(NodeAlive))]
internal sealed partial class NodeJsonContext : JsonSerializerContext;
