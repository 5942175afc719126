using RealtimeHub.Engine.Subscriptions;

namespace RealtimeHub.Engine.Channels;

internal static class ChannelStoreExtensions
{
    /// <summary>Opens the channel of a plan, and its coarser siblings, to which its reader may be sent at any time.</summary>
    public static async ValueTask<Channel?> OpenAsync(this IChannelStore store, SubscribePlan plan, CancellationToken cancellationToken)
    {
        foreach (var sibling in plan.Coarser)
        {
            await store.OpenAsync(sibling, cancellationToken);
        }

        return await store.OpenAsync(plan.Channel, cancellationToken);
    }
}
