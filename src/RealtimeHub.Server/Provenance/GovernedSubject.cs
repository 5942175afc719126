using RealtimeHub.Server.Auth;
using RealtimeHub.Server.Policy;

namespace RealtimeHub.Server.Provenance;

/// <summary>What a record is about, as the policy sees it: whoever wants to read the record is decided on as if asking for the content. Immutable.</summary>
internal sealed record GovernedSubject
{
    public GovernedSubject(CareRequest request, CareDecision decision)
    {
        if (!decision.IsAllowed)
        {
            throw new ArgumentException("Nothing is recorded of what was refused.", nameof(decision));
        }

        (Request, Decision) = (request with { IntervalSeconds = null, OnProtected = OnProtected.Conceal }, decision);
    }

    /// <summary>The request; its principal is replaced by who reads.</summary>
    public CareRequest Request { get; }

    /// <summary>The decision that the content was made by.</summary>
    public CareDecision Decision { get; }

    /// <summary>Whether a caller is shown, today, all that the record speaks of.</summary>
    public bool IsShownTo(Principal reader, CareDecider decider)
    {
        var today = decider.Look(Request with { Principal = reader });
        return today.IsAllowed && today.Mask.Reveals(Decision.Mask!);
    }
}
