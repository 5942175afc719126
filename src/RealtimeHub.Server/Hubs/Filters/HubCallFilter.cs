using System.Collections.Concurrent;
using System.Reflection;
using Microsoft.AspNetCore.SignalR;
using RealtimeHub.Engine.Hubs;
using RealtimeHub.Protocol.Errors;
using RealtimeHub.Protocol.Requests;
using RealtimeHub.Server.Auth;

namespace RealtimeHub.Server.Hubs.Filters;

/// <summary>What every call passes: its scope, then the members of its request; failures become data. Thread-safe.</summary>
internal sealed class HubCallFilter(ILogger<HubCallFilter> logger) : IHubFilter
{
    private static readonly ConcurrentDictionary<MethodInfo, string?> ScopeOf = new();

    public async ValueTask<object?> InvokeMethodAsync(HubInvocationContext invocationContext, Func<HubInvocationContext, ValueTask<object?>> next)
    {
        invocationContext.Context.CallBegins();
        try
        {
            return Refuse(invocationContext) is { } error
                ? HubRefusals.Of(invocationContext.HubMethod, error)
                : await next(invocationContext);
        }
#pragma warning disable CA1031 // A failure of ours is answered as data, with the cause in the log only.
        catch (Exception exception) when (exception is not (OperationCanceledException or HubException))
#pragma warning restore CA1031
        {
            HubLog.CallFailed(logger, exception, invocationContext.HubMethodName, invocationContext.Context.ConnectionId);
            return HubRefusals.Of(invocationContext.HubMethod, ErrorCodes.InternalError.With("The server failed; try again later."));
        }
        finally
        {
            invocationContext.Context.CallEnds();
        }
    }

    public Task OnConnectedAsync(HubLifetimeContext context, Func<HubLifetimeContext, Task> next)
    {
        context.Context.Features.Set<IPrincipalFeature>(new PrincipalFeature(PrincipalFeature.Of(context.Context.GetHttpContext()!)));
        return next(context);
    }

    // A method that declares no scope cannot be called: deny when in doubt.
    private static ProtocolError? Refuse(HubInvocationContext call)
    {
        var scope = ScopeOf.GetOrAdd(call.HubMethod, m => m.GetCustomAttribute<RequiresScopeAttribute>()?.Scope);
        if (scope is null || (scope.Length > 0 && !PrincipalFeature.Of(call.Context).Has(scope)))
        {
            return ErrorCodes.Forbidden.With($"{call.HubMethodName} needs the scope {scope ?? "of an operator"}.");
        }

        foreach (var argument in call.HubMethodArguments)
        {
            if (argument is null)
            {
                return ErrorCodes.InvalidRequest.With($"{call.HubMethodName} needs a request, an object.", new FieldError("request", "The request is missing.", "null", "an object"));
            }

            if (argument is HubRequest { BindingErrors: { Count: > 0 } errors })
            {
                return ErrorCodes.InvalidRequest.With($"{errors.Count} member(s) of the request could not be read; the first: {errors[0].Field}: {errors[0].Message}", errors);
            }
        }

        return null;
    }
}
