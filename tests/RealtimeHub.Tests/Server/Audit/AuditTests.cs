using System.Text.Json;
using RealtimeHub.Protocol.Audit;
using RealtimeHub.Testing;
using RealtimeHub.Tests.Cli;
using RealtimeHub.Tests.Server.Auth;

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
        Assert.StartsWith("Intact: 24 records, 1 to 24", run.Output, StringComparison.Ordinal);
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

    private static string? Kind(JsonElement record) => Text(record, "kind");

    private static string? Text(JsonElement record, string name) => record.TryGetProperty(name, out var value) ? value.GetString() : null;

    private HubServer Start(Dictionary<string, string?>? settings = null, IReadOnlyList<(string, string, string)>? keys = null)
    {
        settings ??= [];
        settings["Audit:Path"] = Path.Combine(_folder, "audit.jsonl");
        return HubServer.Start(settings, keys: keys);
    }

    private List<JsonElement> Records() =>
        [.. File.ReadAllLines(Path.Combine(_folder, "audit.jsonl")).Select(l => JsonDocument.Parse(l).RootElement)];
}
