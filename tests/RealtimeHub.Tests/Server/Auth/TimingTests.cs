using System.Diagnostics;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;
using RealtimeHub.Engine.Nodes;
using RealtimeHub.Server.Auth;
using RealtimeHub.Server.Auth.Schemes;
using RealtimeHub.Server.Auth.Signatures;
using RealtimeHub.Testing;

namespace RealtimeHub.Tests.Server.Auth;

/// <summary>How long a refusal takes tells nothing of how near it was. The least of many times is compared, which a busy machine does not move.</summary>
public class TimingTests
{
    private const int Keys = 2_000;
    private const int Rounds = 400;

    [Fact]
    public void P285_finding_a_key_takes_as_long_whichever_it_is_or_none()
    {
        var secrets = new HashedSecrets("api_key", Enumerable.Range(0, Keys).Select(i => new ApiKeyOptions { Id = $"k{i}", Sha256 = Callers.Hash($"key-{i}") }));

        var first = LeastTicks(() => secrets.Find("key-0"));
        var last = LeastTicks(() => secrets.Find($"key-{Keys - 1}"));
        var none = LeastTicks(() => secrets.Find("nobody-s"));

        // Had the search ended at the first match, it would be over a hundred times as quick.
        Assert.InRange((double)first / none, 0.4, 2.5);
        Assert.InRange((double)last / none, 0.4, 2.5);
    }

    [Fact]
    public void P285_a_signature_by_an_unknown_key_takes_as_long_to_refuse_as_a_wrong_one()
    {
        var clock = new ManualTimeProvider();
        var options = Options.Create(new AuthOptions { SigningKeys = [new SigningKeyOptions { Id = "robot", Secret = "a-signing-secret-of-the-tests" }] });
        var scheme = new SignatureScheme(options, new ApiKeyScheme(options), new NonceWindow(clock), new SingleNode(), clock);

        var wrong = LeastTicks(() => Refuse("robot"));
        var unknown = LeastTicks(() => Refuse("nobody"));

        Assert.InRange((double)unknown / wrong, 0.4, 2.5);

        void Refuse(string keyId)
        {
            var context = new DefaultHttpContext();
            foreach (var (name, value) in Callers.Signed(keyId, "another-secret-of-the-tests", clock.GetUtcNow(), "nonce-one"))
            {
                context.Request.Headers[name] = value;
            }

            var outcome = scheme.AuthenticateAsync(context, default).AsTask().GetAwaiter().GetResult();
            Assert.Equal("INVALID_SIGNATURE", outcome.Error!.Code);
        }
    }

    private static long LeastTicks(Action act)
    {
        var least = long.MaxValue;
        for (var i = 0; i < Rounds; i++)
        {
            var start = Stopwatch.GetTimestamp();
            act();
            least = Math.Min(least, Stopwatch.GetTimestamp() - start);
        }

        return least;
    }
}
