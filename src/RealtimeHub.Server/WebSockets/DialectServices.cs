using Microsoft.Extensions.Options;
using RealtimeHub.Engine.Subscriptions;
using RealtimeHub.Protocol.Channels;
using RealtimeHub.Protocol.Errors;
using RealtimeHub.Server.Audit;
using RealtimeHub.Server.Connections;
using RealtimeHub.Server.Diagnostics;
using RealtimeHub.Server.Limits;

namespace RealtimeHub.Server.WebSockets;

/// <summary>What the sessions of all dialects use: the services under the hubs' filters, in the same order. Thread-safe.</summary>
internal sealed class DialectServices(
    SubscriptionService subscriptions, ChannelAuthorizer channels, RateLimits limits, ConnectionGuard guard, LiveConnections connections,
    IOptions<LimitOptions> limitOptions, ServerMetrics metrics, AuditLog audit, TimeProvider clock, ILogger<DialectServices> logger)
{
    public SubscriptionService Subscriptions { get; } = subscriptions;

    public TimeProvider Clock { get; } = clock;

    public ILogger Logger { get; } = logger;

    public AuditLog Audit { get; } = audit;

    /// <summary>Takes one message of a connection; the refusal when there were too many.</summary>
    public async ValueTask<ProtocolError?> TakeAsync(LiveConnection connection, CancellationToken cancellationToken)
    {
        var refusal = await limits.CallAsync(connection, connection.Principal.Principal, cancellationToken);
        if (refusal is not null)
        {
            guard.Fault(connection, "refused_call");
        }

        return refusal;
    }

    /// <summary>Takes one of the principal's explanations; the refusal when there were too many.</summary>
    public ValueTask<ProtocolError?> TakeExplanationAsync(LiveConnection connection, CancellationToken cancellationToken) =>
        limits.ExplainAsync(connection.Principal.Principal, cancellationToken);

    /// <summary>Books something that a well-behaved client does not do.</summary>
    public void Fault(LiveConnection connection, string what) => guard.Fault(connection, what);

    /// <summary>Counts one message and its outcome, and writes a denial down.</summary>
    public void Book(LiveConnection connection, string message, ProtocolError? error, string? channel = null)
    {
        metrics.Called(connection.Hub, message, error?.Code ?? "ok");
        if (error is not null && AuditEvent.IsDenial(error))
        {
            Audit.Write(AuditEvent.Of("denied", connection) with { Method = message, Channel = channel, Code = error.Code });
        }
    }

    /// <summary>Counts one attempt to subscribe.</summary>
    public void BookSubscribe(LiveConnection connection, ProtocolError? error) => metrics.Subscribed(connection.Hub, error?.Code ?? "ok");

    /// <summary>Writes down that a client was found dead.</summary>
    public void BookTimeout(LiveConnection connection) => metrics.TimedOut(connection.Hub);

    /// <summary>Why a connection may not read a channel; null if it may.</summary>
    public ValueTask<ProtocolError?> AuthorizeAsync(LiveConnection connection, ChannelName channel, CancellationToken cancellationToken) =>
        channels.AuthorizeAsync(connection.Principal.Principal, channel, cancellationToken);

    /// <summary>Makes a stranger who has said who it is that principal; false when there are too many of it.</summary>
    public bool TryIdentify(LiveConnection connection, Auth.Identity identity)
    {
        if (!connections.TryRebook(connection, identity.Principal.Id, limitOptions.Value.ConnectionsPerPrincipal))
        {
            return false;
        }

        connection.Principal.Identity = identity;
        connection.Refreshed();
        return true;
    }
}
