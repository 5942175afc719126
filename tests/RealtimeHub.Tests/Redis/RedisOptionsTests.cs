using System.Globalization;
using RealtimeHub.Redis;
using RealtimeHub.Redis.Links;

namespace RealtimeHub.Tests.Redis;

public class RedisOptionsTests
{
    [Theory]
    [InlineData("redis.example:7000", "redis.example", 7000, 0, false, null)]
    [InlineData("redis.example", "redis.example", 6379, 0, false, null)]
    [InlineData("rediss://:p%40ss@redis.example:6380/3", "redis.example", 6380, 3, true, "p@ss")]
    public void An_endpoint_is_a_host_and_a_port_or_a_URL(string text, string host, int port, int database, bool isTls, string? password)
    {
        Assert.True(RedisEndpoint.TryParse(text, new RedisOptions(), out var endpoint, out _));

        Assert.Equal((host, port, database, isTls, password), (endpoint.Host, endpoint.Port, endpoint.Database, endpoint.IsTls, endpoint.Password));
        Assert.DoesNotContain("p@ss", endpoint.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("http://redis.example", "the scheme 'http'")]
    [InlineData("redis://redis.example/99", "the database '99'")]
    [InlineData("", "no host:port")]
    [InlineData("redis://app:secret@redis.example", "names the user 'app'")]
    public void P315_an_endpoint_that_cannot_be_used_is_refused_with_the_reason_and_no_password(string text, string reason)
    {
        var result = new RedisOptionsRules().Validate(null, new RedisOptions { Endpoints = [text] });

        Assert.True(result.Failed);
        Assert.Contains(reason, result.FailureMessage, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", result.FailureMessage, StringComparison.Ordinal);
    }

    [Fact]
    public void P315_named_users_are_refused_because_the_library_cannot_send_them()
    {
        var result = new RedisOptionsRules().Validate(null, new RedisOptions { Endpoints = ["a:1"], User = "app" });

        Assert.Contains("StackExchange.Redis", result.FailureMessage, StringComparison.Ordinal);
    }

    [Fact]
    public void P315_channels_spread_evenly_and_a_further_server_takes_only_its_own_share()
    {
        string[] three = ["a:6379/0", "b:6379/0", "c:6379/0"];
        var names = Enumerable.Range(0, 3_000).Select(i => string.Create(CultureInfo.InvariantCulture, $"job:{i}")).ToList();

        var before = names.ConvertAll(n => Rendezvous.Pick(three, n));
        var after = names.ConvertAll(n => Rendezvous.Pick([.. three, "d:6379/0"], n));

        Assert.All(Enumerable.Range(0, 3), s => Assert.InRange(before.Count(p => p == s), 850, 1_150));
        Assert.All(before.Zip(after), p => Assert.True(p.Second == p.First || p.Second == 3));
        Assert.InRange(after.Count(p => p == 3), 600, 900);
        Assert.Equal(before, names.ConvertAll(n => Rendezvous.Pick(three, n)));
    }

    [Fact]
    public void A_breaker_opens_after_five_failures_and_lets_one_through_on_trial()
    {
        var clock = new Testing.ManualTimeProvider();
        var breaker = new CircuitBreaker(5, TimeSpan.FromSeconds(30), clock);
        for (var i = 0; i < 5; i++)
        {
            Assert.True(breaker.TryEnter());
            breaker.Failed();
        }

        Assert.False(breaker.TryEnter());
        clock.Advance(TimeSpan.FromSeconds(30));
        Assert.Equal([true, false], [breaker.TryEnter(), breaker.TryEnter()]);
        breaker.Succeeded();
        Assert.True(breaker.TryEnter());
    }
}
