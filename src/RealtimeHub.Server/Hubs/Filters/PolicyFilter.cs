using Microsoft.AspNetCore.SignalR;
using RealtimeHub.Protocol.Errors;
using RealtimeHub.Server.Auth;

namespace RealtimeHub.Server.Hubs.Filters;

/// <summary>Last: the policy that the method's attribute names. Thread-safe.</summary>
internal sealed class PolicyFilter : RefusingFilter
{
    protected override async ValueTask<ProtocolError?> RefuseAsync(HubInvocationContext call, CallRules rules) => rules.Policy is null
        ? null
        : await ((ICallPolicy)call.ServiceProvider.GetRequiredService(rules.Policy)).DecideAsync(
            PrincipalFeature.Of(call.Context), call.HubMethod.Name, CallRules.RequestOf(call), call.Context.ConnectionAborted);
}
