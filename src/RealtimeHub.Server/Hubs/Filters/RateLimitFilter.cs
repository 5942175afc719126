using Microsoft.AspNetCore.SignalR;
using RealtimeHub.Protocol.Errors;
using RealtimeHub.Server.Auth;
using RealtimeHub.Server.Connections;
using RealtimeHub.Server.Limits;

namespace RealtimeHub.Server.Hubs.Filters;

/// <summary>First: the pace of the connection and of the principal. Thread-safe.</summary>
internal sealed class RateLimitFilter(RateLimits limits, ConnectionGuard guard) : RefusingFilter
{
    protected override async ValueTask<ProtocolError?> RefuseAsync(HubInvocationContext call, CallRules rules)
    {
        var connection = call.Context.Features.Get<LiveConnection>()!;
        var principal = PrincipalFeature.Of(call.Context);
        var aborted = call.Context.ConnectionAborted;
        var refusal = await limits.CallAsync(connection, principal, aborted)
            ?? (rules.Cost == CallCosts.Explanation ? await limits.ExplainAsync(principal, aborted) : null);
        if (refusal is not null)
        {
            guard.Fault(connection, "refused_call");
        }

        return refusal;
    }
}
