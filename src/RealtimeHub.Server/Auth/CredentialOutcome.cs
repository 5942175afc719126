using RealtimeHub.Protocol.Errors;

namespace RealtimeHub.Server.Auth;

/// <summary>What a scheme found: nothing of its own, an identity, or a credential that it refuses.</summary>
/// <param name="Identity">Who it is, when accepted.</param>
/// <param name="Error">What the client hears, when refused.</param>
/// <param name="Why">Why it is refused, for the log; without anything of the secret.</param>
internal readonly record struct CredentialOutcome(Identity? Identity, ErrorCode? Error, string? Why)
{
    public static CredentialOutcome None => default;

    public bool IsNone => Identity is null && Error is null;

    public static CredentialOutcome Accepted(Principal principal, Credential credential) => new(new Identity(principal, credential), null, null);

    public static CredentialOutcome Accepted(Identity identity) => new(identity, null, null);

    public static CredentialOutcome Refused(ErrorCode error, string why) => new(null, error, why);
}
