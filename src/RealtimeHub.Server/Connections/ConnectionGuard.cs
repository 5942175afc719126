using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Http.Connections;
using Microsoft.Extensions.Options;
using RealtimeHub.Engine.Hubs;
using RealtimeHub.Protocol.Errors;
using RealtimeHub.Server.Audit;
using RealtimeHub.Server.Auth;
using RealtimeHub.Server.Diagnostics;
using RealtimeHub.Server.Limits;

namespace RealtimeHub.Server.Connections;

/// <summary>Connection middleware of every hub: knows who it is, counts what filters never see, and writes the record at the end.</summary>
internal sealed class ConnectionGuard(
    LiveConnections connections, LiveCredentials credentials, RateLimits limits, IOptions<LimitOptions> options,
    ServerMetrics metrics, AuditLog audit, TimeProvider clock, ILogger<ConnectionGuard> logger)
{
    public async Task GuardAsync(ConnectionContext context, string hub, ConnectionDelegate next)
    {
        var http = context.GetHttpContext()!;
        var principal = new PrincipalFeature(PrincipalFeature.IdentityOf(http));
        LiveConnection? connection = null;
        var traffic = new ConnectionTraffic
        {
            Faulted = fault => Fault(connection!, fault),
            HandshakeDone = connections.NoLongerPending,
        };
        connection = new LiveConnection(context, hub, ClientAddress.Of(http), principal, clock.GetUtcNow()) { Traffic = traffic, Credentials = credentials };
        context.Features.Set<IPrincipalFeature>(principal);
        context.Features.Set(connection);
        var limit = options.Value;
        if (!connections.TryAdd(connection, limit.MaxConnections, limit.ConnectionsPerPrincipal, limit.MaxPendingHandshakes))
        {
            metrics.ConnectionRefused(ErrorCodes.ConnectionLimit.Code);
            context.Abort();
            return;
        }

        traffic.Enter();
        metrics.ConnectionOpened(hub);
        try
        {
            await next(context);
        }
        finally
        {
            connections.Remove(connection);
            End(connection);
        }
    }

    /// <summary>Books something that a well-behaved client does not do; closes who does it too often.</summary>
    public void Fault(LiveConnection connection, string what)
    {
        metrics.Fault(what);
        if (!limits.IsTooMuch(connection))
        {
            return;
        }

        var wait = limits.Punish(connection.Principal.Principal.Id, connection.Address);
        var message = $"Too many refused calls, unknown methods or bad frames; come back in {wait.TotalSeconds:0} s.";
        if (!connection.Context.Features.TryClose(CloseReasons.SessionClosed, message, (long)wait.TotalMilliseconds))
        {
            connection.Context.Abort();
        }

        ConnectionLog.OffenderClosed(logger, connection.ConnectionId, connection.Principal.Principal.Id);
    }

    private void Fault(LiveConnection connection, TrafficFault fault) => Fault(connection, fault is TrafficFault.BadFrame ? "bad_frame" : "unknown_call");

    private void End(LiveConnection connection)
    {
        var totals = connection.Context.Features.Totals();
        var duration = clock.GetUtcNow() - connection.OpenedAt;
        var reason = totals.CloseCode ?? (connection.Traffic.HasShakenHands ? connection.EndReason ?? "disconnected" : "no_handshake");
        metrics.ConnectionClosed(connection.Hub, reason, duration);
        audit.Write(AuditEvent.Of("connection", connection) with
        {
            DurationMs = (long)duration.TotalMilliseconds,
            Sent = totals.Delivered,
            Received = connection.Traffic.Messages,
            Dropped = totals.Lost,
            DropRatePercent = AuditEvent.DropRate(totals.Delivered, totals.Lost),
            UnknownCalls = connection.Traffic.UnknownCalls,
            BadFrames = connection.Traffic.BadFrames,
            Reason = reason,
        });
    }
}
