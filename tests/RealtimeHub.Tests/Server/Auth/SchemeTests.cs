using RealtimeHub.Testing;

namespace RealtimeHub.Tests.Server.Auth;

public class SchemeTests
{
    private const string Secret = "a-signing-secret-of-the-tests";

    [Theory]
    [InlineData("&api_key=", "")]
    [InlineData("&access_token=", "")]
    [InlineData("", "X-API-Key")]
    public async Task P180_an_API_key_opens_both_doors_by_header_and_by_URL(string query, string header)
    {
        await using var server = HubServer.Start();
        (string, string)[] headers = header.Length > 0 ? [(header, HubServer.AdminKey)] : [];
        var good = query.Length > 0 ? query + HubServer.AdminKey : "";
        var bad = query.Length > 0 ? query + "nobody" : "";
        (string, string)[] badHeaders = header.Length > 0 ? [(header, "nobody")] : [];

        Assert.Equal("200", await server.NegotiateAsync(good, headers));
        Assert.Equal("101", await server.UpgradeAsync(good.Replace('&', '?'), headers));
        Assert.Equal("401 INVALID_API_KEY", await server.NegotiateAsync(bad, badHeaders));
        Assert.Equal("401", await server.UpgradeAsync(bad.Replace('&', '?'), badHeaders));
    }

    [Theory]
    [InlineData("Auth:Query:ApiKey", "&api_key=" + HubServer.AdminKey)]
    [InlineData("Auth:Query:AccessToken", "&access_token=" + HubServer.AdminKey)]
    public async Task P180_a_form_in_the_URL_can_be_switched_off(string setting, string query)
    {
        await using var server = HubServer.Start(new Dictionary<string, string?> { [setting] = "false" });

        Assert.Equal("401 AUTH_REQUIRED", await server.NegotiateAsync(query));
        Assert.Equal("401", await server.UpgradeAsync(query.Replace('&', '?')));
    }

    [Fact]
    public async Task P180_a_static_token_is_taken_as_bearer_and_by_URL()
    {
        await using var server = HubServer.Start(Callers.Entry("Tokens", "camera", "Sha256", Callers.Hash("the-token"), "events:read"));

        Assert.Equal("200", await server.NegotiateAsync("&token=the-token"));
        Assert.Equal("200", await server.NegotiateAsync("", ("Authorization", "Bearer the-token")));
        Assert.Equal("101", await server.UpgradeAsync("?token=the-token"));
        Assert.Equal("401 INVALID_TOKEN", await server.NegotiateAsync("&token=another"));
        Assert.Equal("401 AUTH_REQUIRED", await server.GetAsync("/auth/me?token=the-token"));
    }

    [Fact]
    public async Task P184_a_credential_that_has_expired_is_refused()
    {
        var clock = new ManualTimeProvider();
        await using var server = HubServer.Start(
            Callers.Entry("Tokens", "camera", "Sha256", Callers.Hash("the-token"), "*", clock.GetUtcNow().AddMinutes(1)), clock);

        Assert.Equal("200", await server.NegotiateAsync("&token=the-token"));
        clock.Advance(TimeSpan.FromMinutes(1));

        Assert.Equal("401 CREDENTIAL_EXPIRED", await server.NegotiateAsync("&token=the-token"));
    }

    [Fact]
    public async Task P181_a_signed_request_is_accepted_once()
    {
        var clock = new ManualTimeProvider();
        await using var server = HubServer.Start(Callers.Entry("SigningKeys", "robot", "Secret", Secret), clock);
        var first = Callers.Signed("robot", Secret, clock.GetUtcNow(), "nonce-one");
        var second = Callers.Signed("robot", Secret, clock.GetUtcNow(), "nonce-two");

        Assert.Equal("200", await server.NegotiateAsync("", first));
        Assert.Equal("401 SIGNATURE_REPLAYED", await server.NegotiateAsync("", first));
        Assert.Equal("401", await server.UpgradeAsync("", first));
        Assert.Equal("101", await server.UpgradeAsync("", second));
        clock.Advance(TimeSpan.FromMinutes(5));
        Assert.Equal("401 SIGNATURE_REPLAYED", await server.NegotiateAsync("", second));
    }

    [Fact]
    public async Task P181_a_signature_with_an_API_key_needs_no_configured_secret()
    {
        var clock = new ManualTimeProvider();
        await using var server = HubServer.Start(clock: clock);
        var signed = Callers.Signed("", HubServer.AdminKey, clock.GetUtcNow(), "nonce-one")[1..];

        Assert.Equal("200", await server.NegotiateAsync("", [("X-API-Key", HubServer.AdminKey), .. signed]));
        Assert.Equal("401 INVALID_SIGNATURE", await server.NegotiateAsync("", [("X-API-Key", "another-key"), .. signed]));
    }

    [Theory]
    [InlineData("robot", Secret, -300_001, "nonce-one")]
    [InlineData("robot", Secret, 300_001, "nonce-one")]
    [InlineData("robot", "another-secret-of-the-tests", 0, "nonce-one")]
    [InlineData("nobody", Secret, 0, "nonce-one")]
    [InlineData("robot", Secret, 0, "short")]
    [InlineData("robot", Secret, 0, "")]
    public async Task P181_a_wrong_signature_is_refused(string keyId, string secret, int offsetMs, string nonce)
    {
        var clock = new ManualTimeProvider();
        await using var server = HubServer.Start(Callers.Entry("SigningKeys", "robot", "Secret", Secret), clock);

        var answer = await server.NegotiateAsync("", Callers.Signed(keyId, secret, clock.GetUtcNow().AddMilliseconds(offsetMs), nonce));

        Assert.Equal("401 INVALID_SIGNATURE", answer);
    }

    [Theory]
    [InlineData(-300_000)]
    [InlineData(300_000)]
    public async Task P181_the_window_is_five_minutes_to_either_side(int offsetMs)
    {
        var clock = new ManualTimeProvider();
        await using var server = HubServer.Start(Callers.Entry("SigningKeys", "robot", "Secret", Secret), clock);

        Assert.Equal("200", await server.NegotiateAsync("", Callers.Signed("robot", Secret, clock.GetUtcNow().AddMilliseconds(offsetMs), "nonce-one")));
    }

    [Fact]
    public async Task P181_a_signature_may_stand_in_a_hub_s_URL()
    {
        var clock = new ManualTimeProvider();
        await using var server = HubServer.Start(Callers.Entry("SigningKeys", "robot", "Secret", Secret), clock);
        var signed = Callers.Signed("robot", Secret, clock.GetUtcNow(), "nonce-one").ToDictionary(h => h.Name, h => h.Value);

        var answer = await server.UpgradeAsync(
            $"?key_id=robot&timestamp={signed["X-Timestamp"]}&nonce=nonce-one&signature={signed["X-Signature"].ToUpperInvariant()}");

        Assert.Equal("101", answer);
    }
}
