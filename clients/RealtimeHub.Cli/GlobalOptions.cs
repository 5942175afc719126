using System.CommandLine;
using RealtimeHub.Cli.Credentials;
using RealtimeHub.Client;

namespace RealtimeHub.Cli;

/// <summary>The options that every command has.</summary>
internal sealed class GlobalOptions
{
    public const string DefaultUrl = "http://localhost:5080";

    /// <summary>The key that a server in Development accepts; sent to this machine only.</summary>
    public const string DevelopmentKey = "dev-key";

    private const string UrlVariable = "RTHUB_URL";
    private const string KeyVariable = "RTHUB_API_KEY";

    private readonly CliHost _host;

    public GlobalOptions(CliHost host)
    {
        _host = host;
        Url.Validators.Add(result =>
        {
            if (!IsAddress(result.GetValueOrDefault<string>()))
            {
                result.AddError($"--url must be an absolute http or https URL such as {DefaultUrl}.");
            }
        });
    }

    public Option<string?> Url { get; } = new("--url")
    {
        Recursive = true,
        HelpName = "URL",
        Description = $"The server's address. Default: {UrlVariable}, else the last login, else {DefaultUrl}.",
    };

    public Option<string?> ApiKey { get; } = new("--api-key")
    {
        Recursive = true,
        HelpName = "KEY",
        Description = $"The API key. Default: {KeyVariable}, else what rthub login has kept, else the development key when the server is on this machine.",
    };

    public Option<bool> Json { get; } = new("--json")
    {
        Recursive = true,
        Description = "Write one JSON object per line to standard output.",
    };

    public Option<bool> MessagePack { get; } = new("--messagepack")
    {
        Recursive = true,
        Description = "Speak MessagePack with the server instead of JSON.",
    };

    /// <param name="parsed">The command line.</param>
    /// <param name="server">The server; null for the one that the command line and its surroundings name.</param>
    public RealtimeClientOptions ClientOptions(ParseResult parsed, Uri? server = null)
    {
        var given = server?.ToString() ?? parsed.GetValue(Url) ?? Variable(UrlVariable);
        var kept = CredentialFile.Find(_host.GetEnvironmentVariable)?.Read() ?? CredentialBook.Empty;
        var address = given ?? kept.Current ?? DefaultUrl;
        if (!IsAddress(address))
        {
            throw new MisuseException($"{UrlVariable} must be an absolute http or https URL such as {DefaultUrl}; it is '{address}'.");
        }

        var url = new Uri(address);
        var key = parsed.GetValue(ApiKey) ?? Variable(KeyVariable);
        var login = key is null ? kept.Servers.GetValueOrDefault(CredentialBook.NameOf(url)) : null;
        return new RealtimeClientOptions
        {
            Uri = url,
            ApiKey = login is null ? key ?? (url.IsLoopback ? DevelopmentKey : null) : login.Kind == StoredCredential.ApiKey ? login.Secret : null,
            Credential = login?.ToCredential(),
            Encoding = parsed.GetValue(MessagePack) ? HubEncoding.MessagePack : HubEncoding.Json,
            TimeProvider = _host.Time,
        };
    }

    private static bool IsAddress(string? text) =>
        text is null || (Uri.TryCreate(text, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https");

    private string? Variable(string name) => _host.GetEnvironmentVariable(name) is { Length: > 0 } value ? value : null;
}
