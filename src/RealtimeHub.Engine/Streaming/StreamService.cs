using System.Runtime.CompilerServices;
using Microsoft.AspNetCore.SignalR;
using RealtimeHub.Engine.Channels;
using RealtimeHub.Engine.Hubs;
using RealtimeHub.Engine.Subscriptions;
using RealtimeHub.Protocol.Errors;
using RealtimeHub.Protocol.Streams;

namespace RealtimeHub.Engine.Streaming;

/// <summary>Opens channels as streams: what every hub's own <c>Stream…</c> methods end in.</summary>
/// <remarks>Thread-safe. Callers have validated and authorised what they ask for.</remarks>
public sealed class StreamService(ChannelDirectory directory, IChannelStore store)
{
    /// <summary>Streams a channel to a connection.</summary>
    public async IAsyncEnumerable<StreamItem> StreamAsync(
        HubCallerContext connection, SubscribePlan plan, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var (channel, refusal) = await OpenAsync(plan, cancellationToken);
        if (channel is null)
        {
            yield return Refused(refusal ?? ErrorCodes.ChannelLimit.With("The server holds as many channels as it may."));
            yield break;
        }

        var pump = connection.Pump();
        pump.CallBegins();
        try
        {
            var stream = new ChannelStreamReader(connection.ConnectionId, channel, plan, directory);
            using var open = pump.Streams.Add(stream.Cursor);
            await foreach (var item in stream.ReadAsync(cancellationToken))
            {
                yield return item;
            }
        }
        finally
        {
            pump.CallEnds();
        }
    }

    /// <summary>Streams a channel to whoever has no pump.</summary>
    public IAsyncEnumerable<StreamItem> StreamAsync(string connectionId, SubscribePlan plan, CancellationToken cancellationToken) =>
        directory.TryGetOrAdd(plan.Channel, out var channel)
            ? new ChannelStreamReader(connectionId, channel, plan, directory).ReadAsync(cancellationToken)
            : RefusedAsync();

    private static async IAsyncEnumerable<StreamItem> RefusedAsync()
    {
        yield return Refused(ErrorCodes.ChannelLimit.With("The server holds as many channels as it may."));
        await Task.CompletedTask;
    }

    /// <summary>The one item of a stream that is refused.</summary>
    public static StreamItem Refused(ProtocolError error) => new() { Kind = StreamItemKinds.Error, Error = error };

    private async ValueTask<(Channel? Channel, ProtocolError? Refusal)> OpenAsync(SubscribePlan plan, CancellationToken cancellationToken)
    {
        try
        {
            return (await store.OpenAsync(plan, cancellationToken), null);
        }
        catch (ChannelStoreUnavailableException exception)
        {
            return (null, ErrorCodes.Unavailable.With(exception.Message));
        }
    }
}
