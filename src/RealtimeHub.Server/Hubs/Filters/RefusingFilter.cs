using Microsoft.AspNetCore.SignalR;
using RealtimeHub.Protocol.Errors;

namespace RealtimeHub.Server.Hubs.Filters;

/// <summary>A filter that lets a call through or refuses it with an error in the method's own result.</summary>
internal abstract class RefusingFilter : IHubFilter
{
    public async ValueTask<object?> InvokeMethodAsync(HubInvocationContext invocationContext, Func<HubInvocationContext, ValueTask<object?>> next)
    {
        var rules = CallRules.Of(invocationContext.HubMethod);
        var refusal = rules.IsInternal ? null : await RefuseAsync(invocationContext, rules);
        return refusal is null ? await next(invocationContext) : HubRefusals.Of(invocationContext.HubMethod, refusal);
    }

    /// <summary>Why the call is refused; null if it may go on.</summary>
    protected abstract ValueTask<ProtocolError?> RefuseAsync(HubInvocationContext call, CallRules rules);
}
