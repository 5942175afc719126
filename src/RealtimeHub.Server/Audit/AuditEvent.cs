using System.Text.Json.Serialization;
using RealtimeHub.Protocol.Errors;
using RealtimeHub.Protocol.Json;
using RealtimeHub.Server.Auth;
using RealtimeHub.Server.Connections;
using RealtimeHub.Server.Limits;

namespace RealtimeHub.Server.Audit;

/// <summary>One record of the audit file; what does not apply is absent. Nothing in it is secret.</summary>
internal sealed record AuditEvent
{
    private static readonly HashSet<string> Denials =
    [
        ErrorCodes.Forbidden.Code, ErrorCodes.ChannelForbidden.Code, ErrorCodes.ChannelReadOnly.Code, ErrorCodes.ChannelUnavailable.Code,
        ErrorCodes.RateLimit.Code, ErrorCodes.MaxSubscriptionsReached.Code, ErrorCodes.MaxStreamsReached.Code, "CARE_POLICY_VIOLATION", "CARE_THROTTLED",
    ];

    /// <summary>Its number in the chain.</summary>
    public long Seq { get; init; }

    public DateTimeOffset Time { get; init; }

    /// <summary><c>connection</c>, <c>stream</c>, <c>denied</c>, <c>error</c>, <c>policy_changed</c>, <c>decision_changed</c>, <c>revoked</c>, <c>session_begun</c> and the like.</summary>
    public required string Kind { get; init; }

    public string? ConnectionId { get; init; }

    public string? Hub { get; init; }

    public string? Principal { get; init; }

    public string? Team { get; init; }

    public string? Credential { get; init; }

    public string? Address { get; init; }

    public string? Method { get; init; }

    public string? Channel { get; init; }

    public string? Code { get; init; }

    /// <summary>How often the same was denied, if more than once.</summary>
    public long? Count { get; init; }

    public long? DurationMs { get; init; }

    public long? Sent { get; init; }

    public long? Received { get; init; }

    public long? Dropped { get; init; }

    public double? DropRatePercent { get; init; }

    public long? UnknownCalls { get; init; }

    public long? BadFrames { get; init; }

    public string? Reason { get; init; }

    /// <summary>The multihash of the policy file.</summary>
    public string? PolicyVersion { get; init; }

    /// <summary>The URN of a decision of the policy.</summary>
    public string? Decision { get; init; }

    /// <summary>How many records before this one were lost.</summary>
    public long? Lost { get; init; }

    /// <summary>Whether an error is a denial that is written down.</summary>
    public static bool IsDenial(ProtocolError error) => Denials.Contains(error.Code);

    /// <summary>A record about an HTTP request.</summary>
    public static AuditEvent Of(string kind, HttpContext context)
    {
        var identity = context.Features.Get<IPrincipalFeature>() is PrincipalFeature feature ? feature.Identity : null;
        return new AuditEvent
        {
            Kind = kind,
            Principal = identity?.Principal.Id,
            Team = identity?.Principal.Team,
            Credential = identity?.Credential.Id,
            Address = ClientAddress.Of(context),
        };
    }

    /// <summary>A record about a connection.</summary>
    public static AuditEvent Of(string kind, LiveConnection connection)
    {
        var identity = connection.Principal.Identity;
        return new AuditEvent
        {
            Kind = kind,
            ConnectionId = connection.ConnectionId,
            Hub = connection.Hub,
            Principal = identity.Principal.Id,
            Team = identity.Principal.Team,
            Credential = identity.Credential.Id,
            Address = connection.Address,
        };
    }

    /// <summary>The share of frames that were lost, as the simulation documents compute it.</summary>
    public static double DropRate(long sent, long dropped) => Math.Round(100.0 * dropped / Math.Max(1, sent), 2);
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull, Converters = [typeof(UtcTimestampConverter)])]
[JsonSerializable(typeof(AuditEvent))]
internal sealed partial class AuditJsonContext : JsonSerializerContext;
