using System.Diagnostics.CodeAnalysis;
using RealtimeHub.Protocol.Errors;
using RealtimeHub.Protocol.Governance;
using RealtimeHub.Server.Policy.Masks;

namespace RealtimeHub.Server.Policy;

/// <summary>What the policy decided. The same request under the same policy gets the same decision. Immutable.</summary>
internal sealed record CareDecision
{
    public required CareOutcome Outcome { get; init; }

    /// <summary>The coarsest H3 resolution in what is delivered; null where nothing is generalised.</summary>
    public int? Resolution { get; init; }

    /// <summary>The rule that won, as a sentence; it stands in <see cref="Care"/>'s notes and belongs into the provenance.</summary>
    public string? WinningRule { get; init; }

    /// <summary>The name of the policy that won (<c>INDIGENOUS-DATA-PROTECTION</c>); <see cref="OpenPolicy"/> where none applied.</summary>
    public required string PolicyId { get; init; }

    /// <summary>The SHA-256 multihash of the policy file.</summary>
    public required string PolicyVersion { get; init; }

    /// <summary>The URN of this decision (<c>urn:kfm:care:decision:…</c>), for <c>wasInfluencedBy</c>.</summary>
    public required string DecisionId { get; init; }

    /// <summary>
    /// Goes into the name of the derived channel: 16 hexadecimal digits for what sort of reader sees this content. It stays when the policy
    /// file changes; then the channel's epoch changes instead, see <see cref="GovernedChannels"/>.
    /// </summary>
    public required string ContentKey { get; init; }

    /// <summary>Names exactly what is masked in the place asked for: equal keys, equal content. Empty on a denial.</summary>
    public required string MaskKey { get; init; }

    /// <summary>What frames say of this decision.</summary>
    public required Care Care { get; init; }

    /// <summary>What makes delivered values of the source's; null on a denial.</summary>
    public CareMask? Mask { get; init; }

    /// <summary>The answer to the caller on a denial: <c>FORBIDDEN</c>, <c>CARE_POLICY_VIOLATION</c> or <c>CARE_THROTTLED</c>.</summary>
    public ProtocolError? Refusal { get; init; }

    /// <summary>What <see cref="PolicyId"/> is where no rule applied.</summary>
    public const string OpenPolicy = "NONE";

    /// <summary>The URN of the policy, for <c>used</c>.</summary>
    public string PolicyUrn => PolicyUrns.Policy(PolicyId);

    /// <summary>Whether a rule of a protected area won, and neither access nor an unreadable policy.</summary>
    public bool IsOfArea => PolicyId is not (OpenPolicy or CareDecider.AccessPolicy or CareDecider.UnreadablePolicy);

    [MemberNotNullWhen(true, nameof(Mask))]
    [MemberNotNullWhen(false, nameof(Refusal))]
    public bool IsAllowed => Outcome is not CareOutcome.Deny;
}
