using Microsoft.AspNetCore.SignalR;
using RealtimeHub.Protocol.Errors;
using RealtimeHub.Server.Auth;

namespace RealtimeHub.Server.Hubs.Filters;

/// <summary>Second: the scope that the method declares. A method that declares none cannot be called: deny when in doubt. Thread-safe.</summary>
internal sealed class ScopeFilter : RefusingFilter
{
    protected override ValueTask<ProtocolError?> RefuseAsync(HubInvocationContext call, CallRules rules) => ValueTask.FromResult(
        rules.Scope is { } scope && (scope.Length == 0 || PrincipalFeature.Of(call.Context).Has(scope))
            ? null
            : ErrorCodes.Forbidden.With($"{call.HubMethodName} needs the scope {rules.Scope ?? "of an operator"}."));
}
