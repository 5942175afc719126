using Microsoft.AspNetCore.SignalR.Protocol;
using RealtimeHub.Engine.Cursors;
using RealtimeHub.Protocol.Hubs;

namespace RealtimeHub.Engine.Pumps;

/// <summary>Which client method each notice invokes.</summary>
internal static class NoticeTargets
{
    private static readonly Dictionary<DeliveryKind, string> Targets = new()
    {
        [DeliveryKind.Subscribed] = nameof(IRealtimeClient.Subscribed),
        [DeliveryKind.Gap] = nameof(IRealtimeClient.Gap),
        [DeliveryKind.Skipped] = nameof(IRealtimeClient.Skipped),
        [DeliveryKind.Degraded] = nameof(IRealtimeClient.Degraded),
        [DeliveryKind.Restored] = nameof(IRealtimeClient.Restored),
        [DeliveryKind.Coarsened] = nameof(IRealtimeClient.Degraded),
        [DeliveryKind.Refined] = nameof(IRealtimeClient.Restored),
        [DeliveryKind.Ended] = nameof(IRealtimeClient.Unsubscribed),
    };

    public static InvocationMessage ToMessage(this Delivery delivery) => new(Targets[delivery.Kind], [delivery.Notice]);
}
