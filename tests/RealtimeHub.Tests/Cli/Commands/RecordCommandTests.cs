using System.Text.Json;
using RealtimeHub.Cli.Recording;
using RealtimeHub.Testing;

namespace RealtimeHub.Tests.Cli.Commands;

public sealed class RecordCommandTests : IDisposable
{
    private static readonly Dictionary<string, string> Admin = new() { ["RTHUB_API_KEY"] = HubServer.AdminKey };

    private readonly string _folder = Directory.CreateTempSubdirectory("record").FullName;

    private string Recording => Path.Combine(_folder, "a.ndjson");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task P381_record_goes_on_where_it_ended_and_replay_into_a_channel_says_what_it_is()
    {
        await using var server = HubServer.Start();
        await LogAsync(server, "a", "one", "two");
        var first = await CliRun.ToEndAsync(server.Uri, ["record", "job:a", "-o", Recording, "--last", "10", "--count", "3"], environment: Admin);
        await LogAsync(server, "a", "three", "four");
        var second = await CliRun.ToEndAsync(server.Uri, ["record", "job:a", "-o", Recording, "--append", "--count", "2"], environment: Admin);

        var replay = await CliRun.ToEndAsync(server.Uri, ["replay", Recording, "--speed", "0", "--to", "job:b", "--json"], environment: Admin);
        var shown = await CliRun.ToEndAsync(server.Uri, ["replay", Recording, "--speed", "0"], environment: Admin);
        var copy = await CliRun.ToEndAsync(server.Uri, ["channels", "history", "job:b", "--json"], environment: Admin);

        Assert.True(first.Code == 0 && second.Code == 0 && replay.Code == 0, first.Error + second.Error + replay.Error);
        var lines = (await File.ReadAllLinesAsync(Recording)).Select(l => JsonSerializer.Deserialize<JsonElement>(l)).ToList();
        Assert.Equal((1, "job:a"), (lines[0].GetProperty("recording").GetInt32(), lines[0].GetProperty("channel").GetString()));
        var frames = lines.Where(l => l.TryGetProperty("frame", out _)).Select(l => l.GetProperty("frame")).ToList();
        Assert.Equal([1, 2, 3, 4, 5], frames.Select(f => f.GetProperty("sequence").GetInt64()));
        var copies = copy.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(l => JsonSerializer.Deserialize<JsonElement>(l)).ToList();
        Assert.Equal(frames.Select(f => f.GetProperty("eventId").GetString()), copies.Select(f => f.GetProperty("correlation_id").GetString()));
        Assert.Equal(frames.Select(f => f.GetProperty("timestamp").GetString()), copies.Select(f => f.GetProperty("timestamp").GetString()));
        Assert.All(copies, f => Assert.Equal("true", f.GetProperty("tags").GetProperty("replay").GetString()));
        Assert.EndsWith("""{"kind":"end_of_replay","replay":true,"frames":5}""" + "\n", replay.Output, StringComparison.Ordinal);
        Assert.Equal(5, shown.Output.Count(c => c == '\n'));
    }

    [Fact]
    public async Task Record_waits_for_a_job_that_is_not_there_yet_and_has_it_from_its_first_frame()
    {
        await using var server = HubServer.Start();
        await using var record = CliRun.Start(server.Uri, "record", "job:a", "-o", Recording, "--count", "3", "--api-key", HubServer.AdminKey);

        await record.Error.LineAsync("There is no job:a yet; waiting for it.");
        await LogAsync(server, "a", "one", "two");
        var result = await record.EndAsync();

        Assert.True(result.Code == 0, result.Error);
        var lines = (await File.ReadAllLinesAsync(Recording)).Select(l => JsonSerializer.Deserialize<JsonElement>(l)).Where(l => l.TryGetProperty("kind", out _)).ToList();
        Assert.Equal(["subscribed", "frame", "frame", "frame"], lines.Select(l => l.GetProperty("kind").GetString()));
        Assert.Equal([1, 2, 3], lines.Skip(1).Select(l => l.GetProperty("frame").GetProperty("sequence").GetInt64()));
    }

    [Fact]
    public async Task Replay_shows_a_part_without_contents()
    {
        await using var server = HubServer.Start();
        await LogAsync(server, "a", "one", "two");
        await CliRun.ToEndAsync(server.Uri, ["record", "job:a", "-o", Recording, "--last", "10", "--count", "3"], environment: Admin);

        var headers = await CliRun.ToEndAsync(null, ["replay", Recording, "--speed", "0", "--headers", "--json", "--from", "2026-01-01T00:00:02Z"]);
        var none = await CliRun.ToEndAsync(null, ["replay", Recording, "--speed", "0", "--until", "2026-01-01T00:00:00Z"]);

        var frame = JsonSerializer.Deserialize<JsonElement>(headers.Output.Split('\n')[0]);
        Assert.True(frame.GetProperty("replay").GetBoolean());
        Assert.Equal((3, "{}"), (frame.GetProperty("frame").GetProperty("sequence").GetInt64(), frame.GetProperty("frame").GetProperty("payload").GetRawText()));
        Assert.Equal(1, none.Code);
    }

    [Theory]
    [InlineData("record nowhere:1 -o -")]
    [InlineData("record events")]
    [InlineData("record events -o - --last 1 --since 10m")]
    [InlineData("record events -o - --for soon")]
    [InlineData("replay missing.ndjson")]
    [InlineData("replay - --speed -1")]
    [InlineData("replay - --headers --to events")]
    public async Task Misuse_is_said(string arguments)
    {
        var result = await CliRun.ToEndAsync(new Uri("http://localhost:1"), arguments.Split(' '));

        Assert.Equal(2, result.Code);
        Assert.NotEmpty(result.Error);
    }

    [Fact]
    public async Task WaitForAsync_lets_time_pass_so_many_times_faster()
    {
        var clock = new ManualTimeProvider();
        var pace = new ReplayPace(clock, 10);
        var start = DateTimeOffset.UnixEpoch;
        await pace.WaitForAsync(start, default);

        var due = pace.WaitForAsync(start.AddSeconds(20), default);
        clock.Advance(TimeSpan.FromSeconds(1.9));
        var early = due.IsCompleted;
        clock.Advance(TimeSpan.FromSeconds(0.2));
        await due;

        Assert.False(early);
    }

    private static async Task LogAsync(HubServer server, string job, params string[] lines)
    {
        await using var client = server.Client();
        if (lines[0] == "one")
        {
            await client.Channels.PublishAsync($"job:{job}", RealtimeHub.Cli.JobEvents.Started(job, "t", new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero)));
        }

        for (var i = 0; i < lines.Length; i++)
        {
            await client.Channels.PublishAsync($"job:{job}", RealtimeHub.Cli.JobEvents.Line(new DateTimeOffset(2026, 1, 1, 0, 0, i + 1, TimeSpan.Zero), "info", lines[i], []));
        }
    }
}
