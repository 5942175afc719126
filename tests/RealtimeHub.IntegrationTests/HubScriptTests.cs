using System.Text.Json;
using RealtimeHub.Testing;

namespace RealtimeHub.IntegrationTests;

/// <summary>Every script that is not told of in <see cref="ScriptTests"/>, against one server.</summary>
public sealed class HubScriptTests(HubScriptTests.Running running) : IClassFixture<HubScriptTests.Running>
{
    private const string CriticalEvent =
        """{"id":1,"event_id":1,"batch_id":"b","camera_id":"garage","risk_score":90,"risk_level":"critical","summary":"Glass broke","reasoning":"r"}""";

    private static readonly string Scripts = Path.Combine(WorkTree.Root, "clients", "scripts");
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(3);

    [Fact]
    public async Task Ack_alerts_takes_a_critical_event_over()
    {
        var ack = Run("node", "ack-alerts.mjs", "desk", "1");
        await ack.WaitForLineAsync(l => l == "! desk: 0 wait", "the subscription");
        await RthubAsync("publish", "events", "--type", "event", "--data", CriticalEvent);

        var lines = await LinesAsync(ack);

        Assert.EndsWith("Glass broke (0 wait)", lines.Last(l => !l.StartsWith('!')), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Watch_status_prints_this_machine() =>
        Assert.Matches(@"^\S.* \w+ cpu [\d.]+ % memory \d+ MiB readers \d+$", Assert.Single(await LinesAsync(Run("node", "watch-status.mjs", "1"))));

    [Fact]
    public async Task Climate_field_prints_what_frames_say() =>
        Assert.Matches(@"^\S+Z t2m [\d.]+ [\d.]+ [\d.]+ K; hidden \d+; \S+$", Assert.Single(await LinesAsync(Run("node", "climate-field.mjs", "t2m", "-97.5", "38.2", "-96.5", "38.8", "1"))));

    [Fact]
    public async Task Explain_point_prints_what_contributes_most()
    {
        var lines = await LinesAsync(Run("node", "explain-point.mjs", "-97.0", "38.5", "2005-08-07T15:00:00Z"));

        Assert.Matches(@"^[\d.]+ at the baseline, [\d.]+ K predicted$", lines[0]);
        Assert.Equal(6, lines.Count);
    }

    [Fact]
    public async Task Run_simulation_prints_the_same_checksum_for_the_same_seed()
    {
        var first = Assert.Single(await LinesAsync(Run("node", "run-simulation.mjs", "7", "10")));
        var second = Assert.Single(await LinesAsync(Run("node", "run-simulation.mjs", "7", "10")));

        Assert.Matches("^sim-\\S+ completed after step 10: 1220", first);
        Assert.Equal(first.Split(' ')[^1], second.Split(' ')[^1]);
    }

    [Fact]
    public async Task Say_to_team_shows_who_hears_it()
    {
        var lines = await LinesAsync(Run("node", "say-to-team.mjs", "development", "the build is green"));

        Assert.Contains("there: developer", lines);
        Assert.Contains(lines, l => l.EndsWith(" the build is green", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Log_job_makes_a_job_of_its_input_and_channel_history_shows_it()
    {
        await LinesAsync(Run("bash", "-c", """printf 'one\nsay "two" \\ and tab\t.\n' | bash log-job.sh from-a-script"""));

        var page = JsonSerializer.Deserialize<JsonElement>((await LinesAsync(Run("bash", "channel-history.sh", "job:from-a-script", "3")))[0]);

        Assert.Equal(["job.completed", "job.log", "job.log"], page.GetProperty("frames").EnumerateArray().Select(f => f.GetProperty("type").GetString()));
        Assert.Equal("say \"two\" \\ and tab .", page.GetProperty("frames")[1].GetProperty("payload").GetProperty("message").GetString());
    }

    [Fact]
    public async Task Lineage_tells_where_a_frame_comes_from_and_that_it_is_reproduced()
    {
        var field = await RthubAsync("climate", "fields", "--once", "--json", "--bbox", "-97.5,38.2,-96.5,38.8");
        var activity = JsonSerializer.Deserialize<JsonElement>(field.First(l => l.Contains("\"kind\":\"frame\"", StringComparison.Ordinal)))
            .GetProperty("frame").GetProperty("prov").GetProperty("activity").GetString()!;

        var lines = await LinesAsync(Run("bash", "lineage.sh", activity));

        Assert.Contains("\"wasInfluencedBy\"", lines[0], StringComparison.Ordinal);
        Assert.Contains("\"matches\":true", lines[1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Resume_events_goes_on_where_it_ended()
    {
        var file = Path.Combine(Directory.CreateTempSubdirectory("resume").FullName, "position");
        for (var i = 0; i < 4; i++)
        {
            await RthubAsync("publish", "events", "--type", "camera.offline", "--data", """{"camera_id":"c","camera_name":"c","timestamp":"2026-01-01T00:00:00Z"}""");
        }

        var first = await LinesAsync(Run("dotnet", "run", "resume-events.cs", file, "2"));
        var second = await LinesAsync(Run("dotnet", "run", "resume-events.cs", file, "2"));

        var sequences = first.Concat(second).Where(l => !l.StartsWith('!')).Select(l => long.Parse(l.Split(' ')[0])).ToList();
        Assert.Equal(Enumerable.Range(0, 4).Select(i => sequences[0] + i), sequences);
    }

    [Fact]
    public async Task Steer_simulation_prints_a_recipe_with_the_change_in_it()
    {
        var lines = await LinesAsync(Run("dotnet", "run", "steer-simulation.cs", "5"));

        Assert.Equal(["gray-scott seed 42", "after step 5: feed = 0.03"], lines);
    }

    private static async Task<IReadOnlyList<string>> LinesAsync(ChildProcess process)
    {
        await using (process)
        {
            var code = await process.WaitForExitAsync(Limit);
            Assert.True(code == 0, string.Join('\n', process.Lines));
            return process.Lines;
        }
    }

    private ChildProcess Run(string program, params string[] arguments) =>
        ChildProcess.Start(program, arguments, new Dictionary<string, string> { ["RTHUB_URL"] = running.Server.Uri.ToString().TrimEnd('/') }, Scripts);

    private Task<IReadOnlyList<string>> RthubAsync(params string[] arguments) =>
        LinesAsync(ChildProcess.StartOurs("rthub.dll", arguments, new Dictionary<string, string> { ["RTHUB_URL"] = running.Server.Uri.ToString() }));

    /// <summary>A server for all tests of the class.</summary>
    public sealed class Running : IAsyncLifetime
    {
        public ServerProcess Server { get; private set; } = null!;

        public async ValueTask InitializeAsync() => Server = await ServerProcess.StartAsync();

        public ValueTask DisposeAsync() => Server.DisposeAsync();
    }
}
