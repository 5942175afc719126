using System.Text.Json;
using Microsoft.Extensions.Options;
using RealtimeHub.Server.Auth;
using RealtimeHub.Server.Auth.Revocation;
using RealtimeHub.Server.Auth.Schemes;
using RealtimeHub.Server.Auth.Signatures;
using RealtimeHub.Testing;

namespace RealtimeHub.Tests.Server.Auth;

public class SignatureVectorTests
{
    private readonly ManualTimeProvider _clock = new();

    public static TheoryData<string> Ids => [.. Cases().Select(c => c.GetProperty("id").GetString()!)];

    [Theory]
    [MemberData(nameof(Ids))]
    public void Verify_agrees_with_the_vectors(string id)
    {
        var vector = Cases().Single(c => c.GetProperty("id").GetString() == id);

        var isValid = RequestSignature.Verify(
            vector.GetProperty("key").GetString()!, (long)vector.GetProperty("timestamp").GetDouble(), vector.GetProperty("signature").GetString()!);

        Assert.Equal(vector.GetProperty("expect").GetString() == "valid", isValid);
    }

    [Fact]
    public void P181_a_signed_time_serves_one_address_eight_times()
    {
        var timestamps = Timestamps();
        var now = _clock.GetUtcNow().ToUnixTimeMilliseconds();
        var signature = Sign(now);

        var own = Enumerable.Range(0, 9).Select(_ => timestamps.Check("the-key", now + 0.75, signature, "10.0.0.1").Error?.Code).ToList();
        var foreign = timestamps.Check("the-key", now, signature, "10.0.0.2").Error?.Code;
        var next = timestamps.Check("the-key", now + 1, Sign(now + 1), "10.0.0.2").Error?.Code;

        Assert.Equal([.. Enumerable.Repeat<string?>(null, 8), "SIGNATURE_REPLAYED"], own);
        Assert.Equal("SIGNATURE_REPLAYED", foreign);
        Assert.Null(next);
    }

    [Theory]
    [InlineData("the-key", 0, true, null)]
    [InlineData("the-key", 300_000, false, null)]
    [InlineData("the-key", -600_000, false, "INVALID_SIGNATURE")]
    [InlineData("the-key", 301_000, true, "INVALID_SIGNATURE")]
    [InlineData("another", 0, false, "INVALID_API_KEY")]
    public void P181_a_time_without_a_signature_is_accepted_within_the_window(string key, long offset, bool isSigned, string? code)
    {
        var now = _clock.GetUtcNow().ToUnixTimeMilliseconds() + offset;

        Assert.Equal(code, Timestamps().Check(key, now, isSigned ? Sign(now) : null, "10.0.0.1").Error?.Code);
    }

    [Fact]
    public void P181_a_key_that_has_expired_or_is_revoked_signs_nothing()
    {
        var now = _clock.GetUtcNow();
        var options = Options.Create(new AuthOptions
        {
            ApiKeys =
            [
                new ApiKeyOptions { Id = "old", Sha256 = Callers.Hash("old-key"), ExpiresAt = now },
                new ApiKeyOptions { Id = "bad", Sha256 = Callers.Hash("bad-key") },
            ],
        });
        var revocations = new RevocationList(options, _clock);
        revocations.Add(new Revocation(null, "api_key:bad", now, null));
        var timestamps = new SignedTimestamps(new ApiKeyScheme(options), revocations, options, _clock);

        Assert.Equal("CREDENTIAL_EXPIRED", timestamps.Check("old-key", now.ToUnixTimeMilliseconds(), null, "10.0.0.1").Error?.Code);
        Assert.Equal("CREDENTIAL_REVOKED", timestamps.Check("bad-key", now.ToUnixTimeMilliseconds(), null, "10.0.0.1").Error?.Code);
    }

    [Theory]
    [InlineData("")]
    [InlineData("zz")]
    [InlineData("not hexadecimal digits at all, but as long as a signature would be")]
    public void P181_a_signature_that_is_there_is_checked(string signature) =>
        Assert.Equal("INVALID_SIGNATURE", Timestamps().Check("the-key", _clock.GetUtcNow().ToUnixTimeMilliseconds(), signature, "10.0.0.1").Error?.Code);

    private static string Sign(long timestamp) => Convert.ToHexString(System.Security.Cryptography.HMACSHA256.HashData(
        "the-key"u8, System.Text.Encoding.UTF8.GetBytes(timestamp.ToString(System.Globalization.CultureInfo.InvariantCulture))));

    private static JsonElement.ArrayEnumerator Cases() => JsonDocument
        .Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "vectors", "auth", "simulation-signatures.json")))
        .RootElement.GetProperty("cases").EnumerateArray();

    private SignedTimestamps Timestamps()
    {
        var options = Options.Create(new AuthOptions { ApiKeys = [new ApiKeyOptions { Id = "sim", Sha256 = Callers.Hash("the-key") }] });
        return new SignedTimestamps(new ApiKeyScheme(options), new RevocationList(options, _clock), options, _clock);
    }
}
