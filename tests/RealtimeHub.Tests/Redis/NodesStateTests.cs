using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using RealtimeHub.Testing;

namespace RealtimeHub.Tests.Redis;

/// <summary>What one node knows, all know: jobs, keys, limits, revocations and used signatures.</summary>
public sealed class NodesStateTests(RedisFixture redis) : IClassFixture<RedisFixture>
{
    [Fact]
    public async Task P310_a_job_of_one_node_is_listed_and_streamed_by_the_other()
    {
        var settings = Settings();
        await using var first = HubServer.Start(settings);
        await using var second = HubServer.Start(settings);
        using var http = first.Http();
        await using var probe = await HubProbe.ConnectAsync(second.Uri, "/hubs/jobs");

        await http.PublishAsync(new { type = "job.started", payload = new { job_id = "build", job_type = "build", started_at = "2026-01-01T00:00:00Z" } }, "job:build");
        await http.PublishAsync(new { type = "job.log", payload = new { level = "info", message = "one" } }, "job:build");
        await UntilAsync(async () => (await probe.CallAsync("ListJobs", new { })).GetProperty("jobs").GetArrayLength() == 1, "the job was listed");
        var history = await second.Http().GetFromJsonAsync<JsonElement>("/api/v1/channels/job:build/history", TestContext.Current.CancellationToken);

        Assert.Equal(2, history.GetProperty("frames").GetArrayLength());
    }

    [Fact]
    public async Task P311_a_repeat_on_another_node_gets_the_first_answer()
    {
        var settings = Settings();
        await using var first = HubServer.Start(settings);
        await using var second = HubServer.Start(settings);
        using var here = first.Http();
        using var there = second.Http();

        var answer = await here.PublishAsync(SampleEvent.Security(1), idempotencyKey: "once");
        var again = await there.PublishAsync(SampleEvent.Security(1), idempotencyKey: "once");

        Assert.Equal((answer.Sequence, answer.Epoch, true), (again.Sequence, again.Epoch, again.Duplicate));
    }

    [Fact]
    public async Task P321_limits_of_a_principal_are_those_of_all_nodes_together()
    {
        var settings = Settings();
        settings["Limits:PrincipalCallsPerSecond"] = "1";
        settings["Limits:PrincipalCallBurst"] = "6";
        await using var first = HubServer.Start(settings);
        await using var second = HubServer.Start(settings);
        HttpClient[] clients = [first.Http(), second.Http()];
        var answers = new List<HttpStatusCode>();
        for (var i = 0; i < 12; i++)
        {
            using var answer = await clients[i % 2].GetAsync(new Uri("/api/v1/channels", UriKind.Relative), TestContext.Current.CancellationToken);
            answers.Add(answer.StatusCode);
        }

        Assert.InRange(answers.Count(a => a == HttpStatusCode.OK), 6, 8);
        Array.ForEach(clients, c => c.Dispose());
    }

    [Fact]
    public async Task P321_a_revocation_counts_on_every_node_and_on_one_that_starts_later()
    {
        var settings = Settings();
        (string, string, string)[] keys = [("desk", "desk-key-of-the-tests", "events:read")];
        await using var first = HubServer.Start(settings, keys: keys);
        await using var second = HubServer.Start(settings, keys: keys);
        using var admin = first.Http();

        using var revoked = await admin.PostAsJsonAsync("/auth/revocations", new { credential = "api_key:desk" }, TestContext.Current.CancellationToken);
        await using var third = HubServer.Start(settings, keys: keys);

        Assert.Equal(HttpStatusCode.NoContent, revoked.StatusCode);
        await UntilAsync(() => IsRefusedAsync(second), "the second node refused the key");
        await UntilAsync(() => IsRefusedAsync(third), "the third node refused the key");
    }

    [Fact]
    public async Task P321_a_signature_is_good_once_on_all_nodes()
    {
        var settings = Settings();
        settings["Auth:SigningKeys:0:Id"] = "signer";
        settings["Auth:SigningKeys:0:Secret"] = "a secret of the tests, long enough to be one";
        settings["Auth:SigningKeys:0:Scopes:0"] = "events:read";
        await using var first = HubServer.Start(settings);
        await using var second = HubServer.Start(settings);
        var text = TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture);
        var nonce = Guid.NewGuid().ToString("N");
        var signature = Convert.ToHexString(HMACSHA256.HashData(
            Encoding.UTF8.GetBytes("a secret of the tests, long enough to be one"), Encoding.UTF8.GetBytes($"{text}\0{nonce}")));

        Assert.Equal(HttpStatusCode.OK, await SignedAsync(first));
        Assert.Equal(HttpStatusCode.Unauthorized, await SignedAsync(second));

        async Task<HttpStatusCode> SignedAsync(HubServer server)
        {
            using var http = server.Http(null);
            using var request = new HttpRequestMessage(HttpMethod.Get, "/api/v1/channels");
            request.Headers.Add("X-Key-Id", "signer");
            request.Headers.Add("X-Timestamp", text);
            request.Headers.Add("X-Nonce", nonce);
            request.Headers.Add("X-Signature", signature);
            using var response = await http.SendAsync(request, TestContext.Current.CancellationToken);
            return response.StatusCode;
        }
    }

    private static async Task<bool> IsRefusedAsync(HubServer server)
    {
        using var http = server.Http("desk-key-of-the-tests");
        using var response = await http.GetAsync(new Uri("/api/v1/channels", UriKind.Relative));
        return response.StatusCode == HttpStatusCode.Unauthorized;
    }

    // What one node tells is heard by the other a moment later, and nothing says when.
    private static async Task UntilAsync(Func<Task<bool>> isSo, string what)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(15));
        while (!await isSo())
        {
            Assert.False(limit.IsCancellationRequested, $"This had not happened after 15 s: {what}.");
            await Task.Delay(20, TestContext.Current.CancellationToken);
        }
    }

    private Dictionary<string, string?> Settings() => HubNodes.Settings(redis.Server.Endpoint, $"{Guid.NewGuid():N}:");
}
