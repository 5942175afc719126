using System.Text.Json.Serialization.Metadata;
using Microsoft.Extensions.Logging;
using RealtimeHub.Engine.Channels;
using RealtimeHub.Engine.Cursors;
using RealtimeHub.Engine.Streaming;
using RealtimeHub.Engine.Subscriptions;
using RealtimeHub.Protocol.Channels;
using RealtimeHub.Protocol.Streams;

namespace RealtimeHub.Engine.Nodes;

/// <summary>What nodes tell one another: channels that only nodes read, so that every node hears the same in the same order and nothing is missed.</summary>
/// <remarks>Thread-safe.</remarks>
public sealed class NodeLogs(IChannelStore store, ISharedState shared, TimeProvider clock, ILogger<NodeLogs> logger)
{
    private static readonly TimeSpan Again = TimeSpan.FromSeconds(1);

    /// <summary>The family of these channels. Nobody outside can read it or publish to it.</summary>
    public static ChannelFamily Family { get; } = new()
    {
        Name = "node",
        Target = "Node",
        HasIds = true,
        Retention = new RetentionLimits(50_000, 64L << 20, TimeSpan.FromHours(24)),
        DefaultPolicy = SlowConsumerPolicy.Lossless,
    };

    /// <summary>Whether there can be other nodes to tell.</summary>
    public bool AreShared => shared.IsShared;

    /// <summary>The name of this node.</summary>
    public string Node => shared.Node;

    /// <summary>Tells all nodes, this one included.</summary>
    /// <exception cref="ChannelStoreUnavailableException">The store is away; nobody was told.</exception>
    public async ValueTask TellAsync<T>(string log, T entry, JsonTypeInfo<T> contract, CancellationToken cancellationToken = default)
    {
        var now = clock.GetUtcNow();
        var envelope = new Envelope
        {
            Type = "node",
            Timestamp = now,
            EventId = Guid.CreateVersion7(now).ToString("N"),
            Payload = JsonPayload.From(entry, contract),
        };
        var result = await store.AppendAsync(new AppendRequest(NameOf(log), [envelope]), cancellationToken);
        if (result.Status != AppendStatus.Done)
        {
            throw new InvalidOperationException($"The log {log} took no entry: {result.Status}.");
        }
    }

    /// <summary>Hears what is told, one entry after the other, until the token is cancelled.</summary>
    /// <param name="log">The log.</param>
    /// <param name="start">Where to begin.</param>
    /// <param name="heard">Called for each entry.</param>
    /// <param name="lost">Called when entries were lost with the store's history: what they built has to be told anew.</param>
    /// <param name="opened">Set when the log stands where the store does.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public Task HearAsync(
        string log, StartPoint start, Func<JsonPayload, ValueTask> heard, Func<ValueTask>? lost, TaskCompletionSource? opened, CancellationToken cancellationToken) =>
        HearAsync(NameOf(log), start, heard, lost, opened, cancellationToken);

    /// <summary>The same of any channel.</summary>
    public async Task HearAsync(
        ChannelName name, StartPoint start, Func<JsonPayload, ValueTask> heard, Func<ValueTask>? lost, TaskCompletionSource? opened, CancellationToken cancellationToken)
    {
        while (true)
        {
            try
            {
                var channel = await store.OpenAsync(name, cancellationToken) ?? throw new InvalidOperationException("The node holds as many channels as it may.");
                var plan = new SubscribePlan { Id = name.Value, Channel = name, Start = start, Policy = SlowConsumerPolicy.Lossless };
                await HearAsync(new ChannelStreamReader($"node:{name}", channel, plan), heard, lost, opened, cancellationToken);
                return;
            }
            catch (ChannelStoreUnavailableException)
            {
                await Task.Delay(Again, clock, cancellationToken);
            }
        }
    }

    private static ChannelName NameOf(string log) => ChannelName.Parse($"{Family.Name}:{log}");

    private async Task HearAsync(
        ChannelStreamReader reader, Func<JsonPayload, ValueTask> heard, Func<ValueTask>? lost, TaskCompletionSource? opened, CancellationToken cancellationToken)
    {
        var isFirst = true;
        await foreach (var item in reader.ReadAsync(cancellationToken))
        {
            if (item.Kind == StreamItemKinds.Frame)
            {
                try
                {
                    await heard(item.Frame!.Payload);
                }
#pragma warning disable CA1031 // An entry that cannot be carried out must not keep the node from hearing the next.
                catch (Exception exception) when (exception is not OperationCanceledException)
#pragma warning restore CA1031
                {
                    EngineLog.NodeEntryFailed(logger, exception, item.Frame!.Channel, item.Frame.Sequence);
                }
            }
            else if (item.Kind is StreamItemKinds.Subscribed or StreamItemKinds.Gap)
            {
                opened?.TrySetResult();
                if (!isFirst && lost is not null)
                {
                    await lost();
                }

                isFirst = false;
            }
        }
    }
}
