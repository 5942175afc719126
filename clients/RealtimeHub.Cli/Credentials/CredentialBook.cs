namespace RealtimeHub.Cli.Credentials;

/// <summary>What the credential file holds: a credential per server, and the server that was logged in to last.</summary>
internal sealed record CredentialBook(string? Current, IReadOnlyDictionary<string, StoredCredential> Servers)
{
    public static CredentialBook Empty { get; } = new(null, new Dictionary<string, StoredCredential>());

    /// <summary>How a server is named in the book.</summary>
    public static string NameOf(Uri url) => $"{url.Scheme}://{url.Authority}{url.AbsolutePath.TrimEnd('/')}";

    public CredentialBook With(Uri url, StoredCredential credential) =>
        new(NameOf(url), new Dictionary<string, StoredCredential>(Servers) { [NameOf(url)] = credential });

    public CredentialBook Without(Uri url) => new(
        Current == NameOf(url) ? null : Current,
        Servers.Where(s => s.Key != NameOf(url)).ToDictionary());
}
