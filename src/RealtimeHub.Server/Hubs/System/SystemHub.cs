using RealtimeHub.Engine.Subscriptions;
using RealtimeHub.Protocol.Hubs;
using RealtimeHub.Protocol.Requests;
using RealtimeHub.Protocol.Status;
using RealtimeHub.Server.Auth;

namespace RealtimeHub.Server.Hubs.System;

/// <summary>Status of this server and of registered services.</summary>
internal sealed class SystemHub(SubscriptionService subscriptions, TimeProvider clock)
    : ChannelHub<ISystemClient>(subscriptions, clock), ISystemHub
{
    [RequiresScope(Scopes.SystemRead)]
    [ReadsChannel("system")]
    public Task<SubscribeResult> Subscribe(SubscribeSystemRequest request) => SubscribeAsync(request, SystemFamily.Channel);
}
