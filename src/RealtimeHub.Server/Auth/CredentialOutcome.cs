namespace RealtimeHub.Server.Auth;

/// <summary>What a scheme found: nothing of its own, a principal, or a credential that it refuses.</summary>
/// <param name="Principal">Who it is, when accepted.</param>
/// <param name="Refusal">Why it is refused, for the log; the client hears only that it is.</param>
internal readonly record struct CredentialOutcome(Principal? Principal, string? Refusal)
{
    public static CredentialOutcome None => default;

    public bool IsNone => Principal is null && Refusal is null;

    public static CredentialOutcome Accepted(Principal principal) => new(principal, null);

    public static CredentialOutcome Refused(string why) => new(null, why);
}
