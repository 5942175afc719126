using System.Text.Json;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using RealtimeHub.Engine.Channels;
using RealtimeHub.Protocol.Audit;
using RealtimeHub.Protocol.Channels;
using RealtimeHub.Protocol.Streams;
using RealtimeHub.Server.Connections;
using RealtimeHub.Server.Hubs.Filters;
using RealtimeHub.Server.Policy;
using RealtimeHub.Testing;
using RealtimeHub.Tests.Cli;
using RealtimeHub.Tests.Server.Auth;
using RealtimeHub.Tests.Server.Policy;

namespace RealtimeHub.Tests.Server.Audit;

public sealed class AuditTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("audit").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task P211_connections_streams_and_denials_are_written_down_without_secrets()
    {
        await using (var server = Start(keys: [("viewer", "viewer-secret-key", "jobs:read")]))
        {
            using var http = server.Http();
            await http.PublishAsync(new { type = "job.started", payload = new { job_id = "a", job_type = "t", started_at = "2026-01-01T00:00:00Z" } }, "job:a");
            await using var probe = await HubProbe.ConnectAsync(server.Uri, "/hubs/jobs", "viewer-secret-key");
            await probe.CallAsync("SubscribeJob", new { job_id = "a" });
            await probe.WaitForAsync("Job");
            await probe.CallAsync("Publish", new { channel = "job:a" });
            await foreach (var item in probe.StreamAsync("StreamLogs", new { job_id = "a" }))
            {
                if (item.GetProperty("kind").GetString() == "frame")
                {
                    break;
                }
            }

            await probe.WaitForStreamEndsAsync();
            await server.NegotiateAsync("&api_key=nobody-s-secret-key");
            await probe.DisposeAsync();
            await server.WaitForConnectionsAsync(0);
        }

        var records = Records();
        var connection = Assert.Single(records, r => Kind(r) == "connection");
        Assert.Equal(("viewer", "api_key:viewer", "/hubs/jobs"), (Text(connection, "principal"), Text(connection, "credential"), Text(connection, "hub")));
        Assert.Equal((1, 0, 0.0), (connection.GetProperty("sent").GetInt64(), connection.GetProperty("dropped").GetInt64(), connection.GetProperty("drop_rate_percent").GetDouble()));
        Assert.InRange(connection.GetProperty("received").GetInt64(), 3, 5);
        Assert.NotNull(Text(connection, "reason"));
        var stream = Assert.Single(records, r => Kind(r) == "stream");
        Assert.Equal(("StreamLogs", "job:a", 1), (Text(stream, "method"), Text(stream, "channel"), stream.GetProperty("sent").GetInt64()));
        Assert.Contains(records, r => Kind(r) == "denied" && Text(r, "code") == "FORBIDDEN" && Text(r, "method") == "Publish");
        Assert.Contains(records, r => Kind(r) == "denied" && Text(r, "code") == "INVALID_API_KEY");
        Assert.DoesNotContain("secret-key", File.ReadAllText(Path.Combine(_folder, "audit.jsonl")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task P284_denied_HTTP_requests_are_written_down()
    {
        await using (var server = Start(keys: [("viewer", "viewer-secret-key", "jobs:read")]))
        {
            using var http = server.Http("viewer-secret-key");
            using var publish = await http.PostEventAsync(SampleEvent.Security(1));
            using var revoke = await http.PostAsync(new Uri("/auth/revocations", UriKind.Relative), null, TestContext.Current.CancellationToken);
            Assert.Equal((403, 403), ((int)publish.StatusCode, (int)revoke.StatusCode));
        }

        var denied = Records().Where(r => Kind(r) == "denied").ToList();
        var publishing = Assert.Single(denied, r => Text(r, "channel") == "events");
        Assert.Equal(("viewer", "api_key:viewer", "FORBIDDEN"), (Text(publishing, "principal"), Text(publishing, "credential"), Text(publishing, "code")));
        Assert.Equal("POST /api/v1/channels/{channel}/events", Text(publishing, "method"));
        Assert.Contains(denied, r => Text(r, "method") == "POST /auth/revocations");
    }

    [Fact]
    public async Task P284_the_policy_in_force_and_changed_decisions_are_written_down_without_a_place()
    {
        var policy = Path.Combine(_folder, "policy.geojson");
        await File.WriteAllTextAsync(policy, PolicyBench.Json(("deny", 5, new(-98.2, 38.2, -97.6, 38.8))), TestContext.Current.CancellationToken);
        await using (var server = Start(new() { ["Policy:File"] = policy }))
        {
            await using var probe = await HubProbe.ConnectAsync(server.Uri, "/hubs/climate");
            await probe.CallAsync("Subscribe", new { id = "a", variables = new[] { "t2m" }, time_mode = "realtime", domain = new { crs = "EPSG:4326", bbox = new[] { -99, 37.6, -96.8, 39.4 } } });
            await probe.WaitForAsync("Data");

            await File.WriteAllTextAsync(policy, PolicyBench.Json(("deny", 5, new(-100.5, 36.9, -95, 40.2))), TestContext.Current.CancellationToken);
            await server.Services.GetRequiredService<PolicyStore>().ReadAsync(TestContext.Current.CancellationToken);
            await probe.WaitForAsync("Unsubscribed");
            await File.WriteAllTextAsync(policy, "not json", TestContext.Current.CancellationToken);
            await server.Services.GetRequiredService<PolicyStore>().ReadAsync(TestContext.Current.CancellationToken);
            server.Expect("cannot be read");
        }

        var records = Records();
        var policies = records.Where(r => Kind(r) == "policy_changed").ToList();
        Assert.StartsWith("1220", Text(policies[0], "policy_version"), StringComparison.Ordinal);
        Assert.Contains(policies, p => Text(p, "policy_version") is null && Text(p, "reason")!.Contains("refused", StringComparison.Ordinal));
        var decision = records.First(r => Kind(r) == "decision_changed");
        Assert.StartsWith("climate-fields:", Text(decision, "channel"), StringComparison.Ordinal);
        Assert.StartsWith("Generalize became Deny, by POLICY-0", Text(decision, "reason"), StringComparison.Ordinal);
        Assert.StartsWith("urn:kfm:care:decision:", Text(decision, "decision"), StringComparison.Ordinal);
        Assert.DoesNotContain("-98.2", string.Concat(records.Select(r => r.GetRawText())), StringComparison.Ordinal);
    }

    [Fact]
    public async Task P284_failures_of_calls_and_of_streams_are_written_down_and_answered_with_a_code()
    {
        await using (var server = Start(configure: host => host.ConfigureTestServices(s => s.AddSingleton<IChannelStore, BrokenStore>())))
        {
            server.Expect("The hub method");
            server.Expect("could not be measured or published");
            await using var probe = await HubProbe.ConnectAsync(server.Uri, "/hubs/events");
            var answer = await probe.CallAsync("Publish", new { channel = "events", @event = SampleEvent.Security(1) });
            var connection = Assert.Single(server.Services.GetRequiredService<LiveConnections>().All);
            var items = await server.Services.GetRequiredService<StreamRecorder>()
                .Record(connection, "StreamNothing", Failing(), _ => { }, TestContext.Current.CancellationToken)
                .ToListAsync(TestContext.Current.CancellationToken);

            Assert.Equal("INTERNAL_ERROR", answer.GetProperty("error").GetProperty("code").GetString());
            Assert.Equal("INTERNAL_ERROR", Assert.Single(items).Error!.Code);
        }

        Assert.Equal(["Publish", "StreamNothing"], Records().Where(r => Kind(r) == "error").Select(r => Text(r, "method")));
    }

    [Fact]
    public async Task P211_the_chain_goes_on_over_restarts_and_rotation_and_verifies()
    {
        for (var i = 0; i < 3; i++)
        {
            await using var server = Start(new() { ["Audit:MaxFileBytes"] = "1024" });
            for (var j = 0; j < 8; j++)
            {
                await server.NegotiateAsync("", ("X-API-Key", "nobody"), ("X-Forwarded-For", $"203.0.113.{j}"));
            }
        }

        var run = await CliRun.ToEndAsync(null, ["audit", "verify", _folder]);

        Assert.True(Directory.GetFiles(_folder).Length > 3, "The file was not rotated.");
        Assert.Equal(0, run.Code);
        Assert.StartsWith("Intact: 27 records, 1 to 27", run.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("change")]
    [InlineData("remove")]
    [InlineData("insert")]
    [InlineData("swap")]
    [InlineData("cut")]
    public async Task P211_tampering_shows(string how)
    {
        await using (var server = Start())
        {
            for (var j = 0; j < 6; j++)
            {
                await server.NegotiateAsync("", ("X-API-Key", "nobody"), ("X-Forwarded-For", $"203.0.113.{j}"));
            }
        }

        var file = Path.Combine(_folder, "audit.jsonl");
        var lines = (await File.ReadAllLinesAsync(file, TestContext.Current.CancellationToken)).ToList();
        AuditChain.TrySplit(lines[^1], out _, out var last);
        switch (how)
        {
            case "change":
                lines[2] = lines[2].Replace("203.0.113", "203.0.114", StringComparison.Ordinal);
                break;
            case "remove":
                lines.RemoveAt(2);
                break;
            case "insert":
                lines.Insert(2, lines[1]);
                break;
            case "swap":
                (lines[2], lines[3]) = (lines[3], lines[2]);
                break;
            default:
                lines.RemoveAt(lines.Count - 1);
                break;
        }

        await File.WriteAllLinesAsync(file, lines, TestContext.Current.CancellationToken);
        var run = how == "cut" ? await CliRun.ToEndAsync(null, ["audit", "verify", file, "--last-hash", last!]) : await CliRun.ToEndAsync(null, ["audit", "verify", file]);

        Assert.Equal(1, run.Code);
        Assert.StartsWith("NOT intact", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_chain_with_a_secret_is_not_forged_without_it()
    {
        var body = """{"seq":1,"kind":"x","prev":"0000000000000000000000000000000000000000000000000000000000000000" """.TrimEnd();
        var keyed = AuditChain.Seal(body, "the secret of this chain"u8.ToArray(), out _);
        var plain = AuditChain.Seal(body, null, out _);

        Assert.Null(new AuditVerifier("the secret of this chain"u8.ToArray()).Take(keyed));
        Assert.NotNull(new AuditVerifier("the secret of this chain"u8.ToArray()).Take(plain));
        Assert.NotNull(new AuditVerifier(null).Take(keyed));
    }

    [Fact]
    public async Task Denials_that_repeat_are_one_record_with_their_number()
    {
        await using (var server = Start())
        {
            for (var i = 0; i < 50; i++)
            {
                await server.NegotiateAsync("", ("X-API-Key", "nobody"));
            }
        }

        var denials = Records().Where(r => Kind(r) == "denied").ToList();
        Assert.Equal(2, denials.Count);
        Assert.Equal(49, denials[1].GetProperty("count").GetInt64());
    }

    private static async IAsyncEnumerable<StreamItem> Failing()
    {
        await Task.Yield();
        yield return Throw();

        static StreamItem Throw() => throw new IOException("The disk is gone.");
    }

    private static string? Kind(JsonElement record) => Text(record, "kind");

    private static string? Text(JsonElement record, string name) => record.TryGetProperty(name, out var value) ? value.GetString() : null;

    private HubServer Start(
        Dictionary<string, string?>? settings = null, IReadOnlyList<(string, string, string)>? keys = null, Action<IWebHostBuilder>? configure = null)
    {
        settings ??= [];
        settings["Audit:Path"] = Path.Combine(_folder, "audit.jsonl");
        return HubServer.Start(settings, keys: keys, configure: configure);
    }

    private List<JsonElement> Records() =>
        [.. File.ReadAllLines(Path.Combine(_folder, "audit.jsonl")).Select(l => JsonDocument.Parse(l).RootElement)];

    private sealed class BrokenStore(ChannelDirectory directory) : IChannelStore
    {
        public ValueTask<Channel?> OpenAsync(ChannelName channel, CancellationToken cancellationToken = default) =>
            new(directory.TryGetOrAdd(channel, out var opened) ? opened : null);

        public ValueTask<Channel?> FindAsync(ChannelName channel, CancellationToken cancellationToken = default) =>
            new(directory.TryGet(channel, out var found) ? found : null);

        public ValueTask<AppendResult> AppendAsync(AppendRequest request, CancellationToken cancellationToken = default) => throw Away();

        public ValueTask<string?> RenewAsync(ChannelName channel, string reason, string? version = null, CancellationToken cancellationToken = default) => throw Away();

        private static IOException Away() => new("The store is away.");
    }
}
