namespace RealtimeHub.Client;

/// <summary>Gives the credential of one connection or request.</summary>
/// <param name="hub">The path of the hub that it is for; null for the HTTP API.</param>
/// <param name="cancellationToken">Ends the attempt.</param>
public delegate ValueTask<string> CredentialProvider(string? hub, CancellationToken cancellationToken);
