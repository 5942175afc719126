using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.DependencyInjection;
using RealtimeHub.Engine.Streaming;
using RealtimeHub.Engine.Subscriptions;
using RealtimeHub.Protocol.Streams;

namespace RealtimeHub.Benchmarks.Fields;

/// <summary>Streams the same field in the two ways.</summary>
internal sealed class FieldHub(FieldSource source, IServiceProvider services) : Hub
{
    /// <summary>Stock: every reader's own sequence of the numbers.</summary>
    public async IAsyncEnumerable<float[]> Numbers([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var queue = Channel.CreateUnbounded<float[]>(new UnboundedChannelOptions { SingleReader = true });
        source.Add(queue.Writer);
        await foreach (var field in queue.Reader.ReadAllAsync(cancellationToken))
        {
            yield return field;
        }
    }

    /// <summary>Ours: a cursor in the channel.</summary>
    public IAsyncEnumerable<StreamItem> Frames(CancellationToken cancellationToken) =>
        services.GetRequiredService<StreamService>().StreamAsync(Context, new SubscribePlan { Id = "s", Channel = FieldSource.Channel }, cancellationToken);
}
