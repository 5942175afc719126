using Microsoft.AspNetCore.SignalR;
using RealtimeHub.Protocol.Errors;
using RealtimeHub.Server.Auth;
using RealtimeHub.Server.Connections;
using RealtimeHub.Server.Limits;

namespace RealtimeHub.Server.Hubs.Filters;

/// <summary>First: the pace of the connection and of the principal. Thread-safe.</summary>
internal sealed class RateLimitFilter(RateLimits limits, ConnectionGuard guard) : RefusingFilter
{
    protected override ValueTask<ProtocolError?> RefuseAsync(HubInvocationContext call, CallRules rules)
    {
        var connection = call.Context.Features.Get<LiveConnection>()!;
        var principal = PrincipalFeature.Of(call.Context);
        var refusal = limits.Call(connection, principal) ?? (rules.Cost == CallCosts.Explanation ? limits.Explain(principal) : null);
        if (refusal is not null)
        {
            guard.Fault(connection, "refused_call");
        }

        return ValueTask.FromResult(refusal);
    }
}
