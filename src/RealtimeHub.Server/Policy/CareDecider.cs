using Microsoft.Extensions.Options;
using RealtimeHub.Protocol.Errors;
using RealtimeHub.Protocol.Governance;
using RealtimeHub.Server.Auth;
using RealtimeHub.Server.Policy.Masks;
using RealtimeHub.Server.Policy.Rules;

namespace RealtimeHub.Server.Policy;

/// <summary>Decides what a caller is shown: role, attributes, protected areas, explanations, rate class, in this order; the first refusal holds.</summary>
/// <remarks>Thread-safe. It keeps no memory of requests: the same request under the same policy gets the same decision.</remarks>
internal sealed class CareDecider(PolicyStore policies, MaskCache masks, CareMetrics metrics, IOptions<CareOptions> options, ILogger<CareDecider> logger)
{
    public const string UnreadablePolicy = "POLICY-UNREADABLE";
    public const string AccessPolicy = "ACCESS";

    private readonly CareOptions _options = options.Value;

    /// <summary>Decides on a request, and writes a refusal down. A failure on the way refuses.</summary>
    public CareDecision Decide(CareRequest request)
    {
        var decision = Look(request);
        metrics.Count(request, decision);
        if (decision.Refusal is { } refusal)
        {
            PolicyLog.CareRefused(logger, request.Kind, request.Principal.Id, refusal.Code, decision.PolicyId, decision.DecisionId);
        }

        return decision;
    }

    /// <summary>The same, of what nobody asked for: lists and records look whether a reader may see an entry.</summary>
    public CareDecision Look(CareRequest request)
    {
        try
        {
            return DecideAccess(request) ?? Admit(request, DecideContent(request));
        }
#pragma warning disable CA1031 // A decision that fails, whatever the cause, refuses.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            PolicyLog.DecisionFailed(logger, exception, request.Kind);
            return Deny(request, policies.Current.Version, UnreadablePolicy, ErrorCodes.CarePolicyViolation, "The policy could not be asked; nothing is shown.");
        }
    }

    /// <summary>The part of a decision that the policy file and the place make up: what running channels are decided on again by.</summary>
    public CareDecision DecideContent(CareRequest request)
    {
        var policy = policies.Current;
        if (!policy.IsReadable)
        {
            return Deny(request, policy.Version, UnreadablePolicy, ErrorCodes.CarePolicyViolation, "The policy cannot be read; nothing is shown until it can.");
        }

        var audience = CareAudience.Of(request.Principal, policy);
        var masked = masks.Get(policy, request.Grid, audience, _options.MinPointsPerCell);
        var finding = CareFinding.Of(request, masked);
        var version = policy.Version;
        if (finding.Denial(request) is { } reason)
        {
            return Deny(request, version, finding.Winner?.Area.Policy ?? CareDecision.OpenPolicy, ErrorCodes.CarePolicyViolation, reason);
        }

        if (ZoomOf(request) is { } zoom && zoom > finding.ZoomCeiling(_options.MaxZoom))
        {
            var error = Refusal(ErrorCodes.CarePolicyViolation, finding.Winner?.Area.Policy ?? CareDecision.OpenPolicy, $"Zoom {zoom} is closer than may be shown here.");
            return Deny(request, version, finding.Winner?.Area.Policy ?? CareDecision.OpenPolicy, error with
            {
                Details = error.Details! with { Limit = $"zoom {finding.ZoomCeiling(_options.MaxZoom)}" },
            });
        }

        var open = audience == default ? masked : masks.Get(policy, request.Grid, default, _options.MinPointsPerCell);
        return Show(request, version, finding, finding.Mask.IsSameAs(open) ? default : audience);
    }

    private static int? ZoomOf(CareRequest request) => request.Place is CarePlace.Tile tile ? Math.Max(tile.Z, request.Zoom ?? 0) : request.Zoom;

    private static ProtocolError Refusal(ErrorCode code, string policy, string message) => code.With(message) with
    {
        Details = new ErrorDetails { Policy = policy, Action = "deny" },
    };

    private static CareDecision Deny(CareRequest request, string version, string policy, ErrorCode code, string message) =>
        Deny(request, version, policy, Refusal(code, policy, message));

    private static CareDecision Deny(CareRequest request, string version, string policy, ProtocolError refusal) => new()
    {
        Outcome = CareOutcome.Deny,
        WinningRule = refusal.Message,
        PolicyId = policy,
        PolicyVersion = version,
        DecisionId = CareKeys.DecisionId(request, version, $"{refusal.Code} {policy}"),
        ContentKey = CareKeys.ContentKey(default),
        MaskKey = "",
        Care = new Care(CareMaskings.Concealed, CareScopes.Restricted, [refusal.Message]),
        Refusal = refusal,
    };

    private CareDecision Show(CareRequest request, string version, CareFinding finding, CareAudience audience)
    {
        var maskKey = finding.Mask.Key();
        var isMasked = !finding.Mask.IsOpen;
        var rule = isMasked ? finding.Winner!.RuleText(_options.MinPointsPerCell) : null;
        var masking = !isMasked ? CareMaskings.None : request.Kind switch
        {
            CareKind.Drivers => CareMaskings.H3HazardGeneralized,
            CareKind.Story => CareMaskings.H3FocusGeneralized,
            _ => CareMaskings.H3Generalized,
        };
        var scope = audience != default ? CareScopes.Restricted : isMasked ? CareScopes.PublicGeneralized : CareScopes.PublicStream;
        return new CareDecision
        {
            Outcome = isMasked ? CareOutcome.Generalize : CareOutcome.Allow,
            Resolution = finding.CoarsestResolution,
            WinningRule = rule,
            PolicyId = isMasked ? finding.Winner!.Area.Policy : CareDecision.OpenPolicy,
            PolicyVersion = version,
            DecisionId = CareKeys.DecisionId(request, version, maskKey),
            ContentKey = CareKeys.ContentKey(audience),
            MaskKey = maskKey,
            Care = new Care(masking, scope, rule is null ? [] : finding.Notes(rule, _options.MinPointsPerCell)),
            Mask = finding.Mask,
        };
    }

    private CareDecision? DecideAccess(CareRequest request)
    {
        var version = policies.Current.Version;
        if (!CareRoles.Holds(request.Principal, Scopes.ClimateRead))
        {
            return Deny(request, version, AccessPolicy, ErrorCodes.Forbidden, $"This needs the scope {Scopes.ClimateRead}.");
        }

        return CareRoles.MayAsk(request.Principal, request.TimeMode)
            ? null
            : Deny(request, version, AccessPolicy, ErrorCodes.Forbidden, $"This time mode needs the scope {CareRoles.ScopeOf(request.TimeMode)}, or a role that has it.");
    }

    private CareDecision Admit(CareRequest request, CareDecision content)
    {
        if (!content.IsAllowed)
        {
            return content;
        }

        if (request.Kind is CareKind.Xai && !CareRoles.Holds(request.Principal, Scopes.XaiRead))
        {
            return Deny(request, content.PolicyVersion, AccessPolicy, ErrorCodes.Forbidden, $"Explanations need the scope {Scopes.XaiRead}.");
        }

        return CareQuota.Check(request, content.Outcome is CareOutcome.Generalize, content.PolicyId, _options) is { } throttled
            ? Deny(request, content.PolicyVersion, content.PolicyId, throttled)
            : content;
    }
}
