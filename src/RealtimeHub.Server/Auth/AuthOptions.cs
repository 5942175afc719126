using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;
using RealtimeHub.Server.Auth.Sessions;
using RealtimeHub.Server.Auth.Tickets;

namespace RealtimeHub.Server.Auth;

/// <summary>Who may connect.</summary>
public sealed class AuthOptions
{
    /// <summary>The configuration section these options bind to.</summary>
    public const string SectionName = "Auth";

    /// <summary>The API keys. In Development there is one, <c>dev-key</c>; elsewhere at least one credential of some kind must be configured.</summary>
    [ValidateEnumeratedItems]
    public List<ApiKeyOptions> ApiKeys { get; set; } = [];

    /// <summary>Static tokens: bearer, or <c>?token=</c>. Default none.</summary>
    [ValidateEnumeratedItems]
    public List<ApiKeyOptions> Tokens { get; set; } = [];

    /// <summary>Secrets for signed requests. Default none.</summary>
    [ValidateEnumeratedItems]
    public List<SigningKeyOptions> SigningKeys { get; set; } = [];

    /// <summary>Issuers of JSON Web Tokens. Default none.</summary>
    [ValidateEnumeratedItems]
    public List<JwtIssuerOptions> Jwt { get; set; } = [];

    /// <summary>Browser sessions.</summary>
    [ValidateObjectMembers]
    public BrowserSessionOptions Session { get; set; } = new();

    /// <summary>One-use tickets.</summary>
    [ValidateObjectMembers]
    public TicketOptions Tickets { get; set; } = new();

    /// <summary>Which credentials hubs accept in their URL.</summary>
    public QueryFormsOptions Query { get; set; } = new();

    /// <summary>How far the time of a signature may be from the server's. Default 5 min.</summary>
    [Range(typeof(TimeSpan), "00:00:05", "01:00:00")]
    public TimeSpan SignatureWindow { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>Origins of web pages that may use the server, beside its own: <c>https://app.example</c>. Default none.</summary>
    public string[] AllowedOrigins { get; set; } = [];

    /// <summary>How long a connection lives on after its credential has expired, to refresh it. Default 25 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:10:00")]
    public TimeSpan ExpiryGrace { get; set; } = TimeSpan.FromSeconds(25);

    /// <summary>Where revocations are kept over restarts, one JSON object per line; nodes may share it. Default none: until the restart.</summary>
    public string? RevocationFile { get; set; }
}

[OptionsValidator]
internal sealed partial class AuthOptionsValidator : IValidateOptions<AuthOptions>;
