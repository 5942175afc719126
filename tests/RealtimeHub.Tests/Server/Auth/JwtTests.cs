using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using RealtimeHub.Testing;

namespace RealtimeHub.Tests.Server.Auth;

public sealed class JwtTests : IDisposable
{
    private readonly JwtMint _mint = new();
    private readonly ManualTimeProvider _clock = new();
    private readonly string _file = Path.GetTempFileName();

    public void Dispose()
    {
        _mint.Dispose();
        File.Delete(_file);
    }

    [Theory]
    [InlineData("RS256")]
    [InlineData("ES256")]
    public async Task P182_a_token_signed_by_a_key_of_the_set_opens_both_doors(string algorithm)
    {
        await using var server = WithFile();
        var token = _mint.Token(algorithm, _clock.GetUtcNow());

        Assert.Equal("200", await server.NegotiateAsync("", ("Authorization", $"Bearer {token}")));
        Assert.Equal("101", await server.UpgradeAsync($"?access_token={token}"));
    }

    [Fact]
    public async Task P348_a_token_opens_the_plain_routes_as_other_tokens_do()
    {
        await using var server = WithFile();
        await using var probe = await PlainProbe.ConnectAsync(server.Uri, $"/ws/events?token={_mint.Token("RS256", _clock.GetUtcNow())}", null);
        await using var wrong = await PlainProbe.ConnectAsync(server.Uri, "/ws/events?token=eyJ.eyJ.x", null);

        await probe.SettleAsync();
        Assert.Equal(1008, await wrong.WaitForCloseAsync());
    }

    [Fact]
    public async Task P182_the_claims_become_the_principal()
    {
        await using var server = WithFile();
        using var http = server.Http(null);
        http.DefaultRequestHeaders.Add("Authorization", $"Bearer {_mint.Token("ES256", _clock.GetUtcNow())}");

        var me = JsonDocument.Parse(await http.GetStringAsync(new Uri("/auth/me", UriKind.Relative))).RootElement;

        Assert.Equal(("ada", "t1", "jwt"), (me.GetProperty("id").GetString(), me.GetProperty("team").GetString(), me.GetProperty("scheme").GetString()));
        Assert.Equal(["research-basic"], me.GetProperty("roles").EnumerateArray().Select(r => r.GetString()));
        Assert.Equal(["events:read", "jobs:read"], me.GetProperty("scopes").EnumerateArray().Select(r => r.GetString()));
        Assert.Equal("2026-01-01T00:10:00.000Z", me.GetProperty("expires_at").GetString());
    }

    [Theory]
    [InlineData("iss", "https://another.test", "INVALID_TOKEN")]
    [InlineData("aud", "another", "INVALID_TOKEN")]
    [InlineData("sub", null, "INVALID_TOKEN")]
    [InlineData("exp", null, "INVALID_TOKEN")]
    [InlineData("exp", 1_767_225_500L, "CREDENTIAL_EXPIRED")]
    [InlineData("nbf", 1_767_229_999L, "INVALID_TOKEN")]
    public async Task P182_a_token_with_a_wrong_claim_is_refused(string claim, object? value, string code)
    {
        await using var server = WithFile();

        var answer = await server.NegotiateAsync("", ("Authorization", $"Bearer {_mint.Token("RS256", _clock.GetUtcNow(), new() { [claim] = value })}"));

        Assert.Equal($"401 {code}", answer);
    }

    [Theory]
    [InlineData("none", "RS256")]
    [InlineData("HS256", "RS256")]
    [InlineData("HS256-public", "RS256")]
    public async Task P182_another_algorithm_or_another_key_is_refused(string algorithm, string keyId)
    {
        await using var server = WithFile();
        var token = _mint.Token(algorithm, _clock.GetUtcNow(), keyId: keyId);

        Assert.Equal("401 INVALID_TOKEN", await server.NegotiateAsync("", ("Authorization", $"Bearer {token}")));
    }

    [Fact]
    public async Task P182_a_token_that_was_changed_is_refused()
    {
        await using var server = WithFile();
        var parts = _mint.Token("RS256", _clock.GetUtcNow()).Split('.');
        var other = _mint.Token("RS256", _clock.GetUtcNow(), new() { ["scope"] = "*" }).Split('.');

        Assert.Equal("401 INVALID_TOKEN", await server.NegotiateAsync("", ("Authorization", $"Bearer {parts[0]}.{other[1]}.{parts[2]}")));
    }

    [Fact]
    public async Task P182_a_key_of_another_issuer_under_the_same_id_is_not_taken_for_this_one_s()
    {
        using var stranger = new JwtMint();
        await using var server = WithFile();

        Assert.Equal("200", await server.NegotiateAsync("", ("Authorization", $"Bearer {_mint.Token("RS256", _clock.GetUtcNow())}")));
        Assert.Equal("401 INVALID_TOKEN", await server.NegotiateAsync("", ("Authorization", $"Bearer {stranger.Token("RS256", _clock.GetUtcNow())}")));
    }

    [Fact]
    public async Task P182_a_shared_secret_serves_development()
    {
        await using var server = HubServer.Start(Settings("HmacSecret", JwtMint.Secret), _clock);

        Assert.Equal("200", await server.NegotiateAsync("", ("Authorization", $"Bearer {_mint.Token("HS256", _clock.GetUtcNow())}")));
        Assert.Equal("401 INVALID_TOKEN", await server.NegotiateAsync("", ("Authorization", $"Bearer {_mint.Token("RS256", _clock.GetUtcNow())}")));
    }

    [Fact]
    public async Task P182_keys_are_fetched_from_a_URL_and_again_when_one_is_missing()
    {
        var keys = _mint.KeySet("RS256");
        var asked = 0;
        await using var issuer = await KeyPage.StartAsync(() => (Interlocked.Increment(ref asked), keys).keys);
        await using var server = HubServer.Start(Settings("JwksUrl", issuer.Url), _clock);

        Assert.Equal("200", await server.NegotiateAsync("", ("Authorization", $"Bearer {_mint.Token("RS256", _clock.GetUtcNow())}")));
        keys = _mint.KeySet("RS256", "ES256");
        Assert.Equal("401 INVALID_TOKEN", await server.NegotiateAsync("", ("Authorization", $"Bearer {_mint.Token("ES256", _clock.GetUtcNow())}")));
        Assert.Equal(1, asked);
        _clock.Advance(TimeSpan.FromSeconds(30));

        Assert.Equal("200", await server.NegotiateAsync("", ("Authorization", $"Bearer {_mint.Token("ES256", _clock.GetUtcNow())}")));
        Assert.Equal(2, asked);
    }

    [Fact]
    public async Task P185_keys_that_cannot_be_had_refuse_with_503()
    {
        await using var server = HubServer.Start(Settings("JwksFile", _file + ".missing"), _clock);
        server.Expect("The credential scheme JwtScheme failed");
        var token = ("Authorization", $"Bearer {_mint.Token("RS256", _clock.GetUtcNow())}");

        Assert.Equal("503 AUTH_SERVICE_UNAVAILABLE", await server.NegotiateAsync("", token));
        Assert.Equal("503", await server.UpgradeAsync("", token));
        Assert.Equal("200", await server.NegotiateAsync("", ("X-API-Key", HubServer.AdminKey)));
    }

    private HubServer WithFile()
    {
        File.WriteAllText(_file, _mint.KeySet("RS256", "ES256"));
        return HubServer.Start(Settings("JwksFile", _file), _clock);
    }

    private static Dictionary<string, string?> Settings(string member, string value) => new()
    {
        ["Auth:Jwt:0:Issuer"] = JwtMint.Issuer,
        ["Auth:Jwt:0:Audience"] = JwtMint.Audience,
        [$"Auth:Jwt:0:{member}"] = value,
    };

    private sealed class KeyPage(WebApplication app) : IAsyncDisposable
    {
        public string Url => $"{app.Urls.Single()}/jwks.json";

        public static async Task<KeyPage> StartAsync(Func<string> keys)
        {
            var builder = WebApplication.CreateSlimBuilder();
            builder.Logging.ClearProviders();
            builder.WebHost.UseUrls("http://127.0.0.1:0");
            var app = builder.Build();
            app.MapGet("/jwks.json", () => Results.Text(keys(), "application/json"));
            await app.StartAsync();
            return new KeyPage(app);
        }

        public ValueTask DisposeAsync() => app.DisposeAsync();
    }
}
