namespace RealtimeHub.Server.Auth;

/// <summary>One way to say who one is. Schemes are asked in the order of their registration; the first that finds its credential decides.</summary>
internal interface ICredentialScheme
{
    /// <summary>Looks for its credential and checks it. One that fails with an exception refuses.</summary>
    ValueTask<CredentialOutcome> AuthenticateAsync(HttpContext context, CancellationToken cancellationToken);
}
