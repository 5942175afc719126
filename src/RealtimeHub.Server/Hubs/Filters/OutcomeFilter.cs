using Microsoft.AspNetCore.SignalR;
using RealtimeHub.Engine.Hubs;
using RealtimeHub.Protocol.Errors;
using RealtimeHub.Protocol.Requests;
using RealtimeHub.Protocol.Streams;
using RealtimeHub.Server.Audit;
using RealtimeHub.Server.Connections;
using RealtimeHub.Server.Diagnostics;

namespace RealtimeHub.Server.Hubs.Filters;

/// <summary>The outermost filter: failures become data, outcomes are counted, denials and streams are written down. Thread-safe.</summary>
internal sealed class OutcomeFilter(ServerMetrics metrics, AuditLog audit, StreamRecorder streams, ILogger<OutcomeFilter> logger) : IHubFilter
{
    public async ValueTask<object?> InvokeMethodAsync(HubInvocationContext invocationContext, Func<HubInvocationContext, ValueTask<object?>> next)
    {
        var connection = invocationContext.Context.Features.Get<LiveConnection>()!;
        invocationContext.Context.CallBegins();
        try
        {
            var result = await InvokeAsync(invocationContext, next);
            var rules = CallRules.Of(invocationContext.HubMethod);
            if (rules.IsStream)
            {
                return streams.Record(connection, invocationContext.HubMethodName, (IAsyncEnumerable<StreamItem>)result!, e => Denied(connection, invocationContext, e));
            }

            Book(connection, invocationContext, result, rules);
            return result;
        }
        finally
        {
            invocationContext.Context.CallEnds();
        }
    }

    public async Task OnConnectedAsync(HubLifetimeContext context, Func<HubLifetimeContext, Task> next)
    {
        await next(context);
        var connection = context.Context.Features.Get<LiveConnection>()!;
        connection.Credentials.TellTerm(connection);
    }

    public async Task OnDisconnectedAsync(HubLifetimeContext context, Exception? exception, Func<HubLifetimeContext, Exception?, Task> next)
    {
        if (context.Context.Features.Get<LiveConnection>() is { } connection)
        {
            // SignalR ends a silent client with a cancellation, and a broken transport with its own exception.
            connection.EndReason = exception switch
            {
                null => connection.Traffic.SaidGoodbye ? "client_closed" : "disconnected",
                OperationCanceledException => "heartbeat_timeout",
                _ => "connection_lost",
            };
            if (exception is OperationCanceledException)
            {
                metrics.TimedOut(connection.Hub);
            }
        }

        await next(context, exception);
    }

    private async ValueTask<object?> InvokeAsync(HubInvocationContext call, Func<HubInvocationContext, ValueTask<object?>> next)
    {
        try
        {
            return await next(call);
        }
#pragma warning disable CA1031 // A failure of ours is answered as data, with the cause in the log only.
        catch (Exception exception) when (exception is not (OperationCanceledException or HubException))
#pragma warning restore CA1031
        {
            HubLog.CallFailed(logger, exception, call.HubMethodName, call.Context.ConnectionId);
            audit.Write(AuditEvent.Of("error", call.Context.Features.Get<LiveConnection>()!) with { Method = call.HubMethod.Name, Code = ErrorCodes.InternalError.Code });
            return HubRefusals.Of(call.HubMethod, ErrorCodes.InternalError.With("The server failed; try again later."));
        }
    }

    private void Book(LiveConnection connection, HubInvocationContext call, object? result, CallRules rules)
    {
        if (rules.IsInternal)
        {
            return;
        }

        var error = HubRefusals.ErrorIn(result);
        var outcome = error?.Code ?? "ok";
        metrics.Called(connection.Hub, call.HubMethod.Name, outcome);
        if (result is SubscribeResult subscribe)
        {
            var isResume = CallRules.RequestOf(call) is SubscribeRequest { From: not null } or ResyncRequest;
            metrics.Subscribed(connection.Hub, outcome);
            if (isResume)
            {
                metrics.Recovered(connection.Hub, subscribe.Subscription is { } started ? started.Recovered ? "recovered" : started.Reason ?? "live" : outcome);
            }
        }

        if (error is not null)
        {
            Denied(connection, call, error);
        }
    }

    private void Denied(LiveConnection connection, HubInvocationContext call, ProtocolError error)
    {
        if (AuditEvent.IsDenial(error))
        {
            audit.Write(AuditEvent.Of("denied", connection) with { Method = call.HubMethod.Name, Channel = ChannelAuthorizationFilter.NameIn(call), Code = error.Code });
        }
    }
}
