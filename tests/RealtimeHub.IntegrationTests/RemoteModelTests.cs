using RealtimeHub.Testing;

namespace RealtimeHub.IntegrationTests;

/// <summary>A server whose model is behind HTTP, in another real process, which is there, hangs, dies and comes back.</summary>
public class RemoteModelTests
{
    private static readonly double[] Open = [-99.75, 38.5, -99.0, 39.25];

    [Fact]
    public async Task The_remote_model_answers_and_the_embedded_one_takes_its_place_when_the_process_dies()
    {
        await using var remote = await ServerProcess.StartAsync();
        await using var server = HubServer.Start(Settings(remote.Uri, "2"));
        server.Expect("The remote model does not answer");

        var remotely = await MultihashAsync(server, "2005-08-07T13:30:00Z");
        await remote.Process.KillAsync();
        var embedded = await MultihashAsync(server, "2005-08-07T13:31:00Z");
        await using var plain = HubServer.Start();
        var expected = (await MultihashAsync(plain, "2005-08-07T13:30:00Z"), await MultihashAsync(plain, "2005-08-07T13:31:00Z"));

        Assert.Equal(expected, (remotely, embedded));
        Assert.Contains(server.Problems, p => p.Contains("The remote model does not answer", StringComparison.Ordinal) && p.Contains("3 attempt(s)", StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_answer_that_does_not_come_in_time_counts_as_none_and_without_fallback_the_frame_is_refused()
    {
        await using var remote = await ServerProcess.StartAsync();
        await using var stop = ChildProcess.Start("kill", ["-STOP", $"{remote.Process.Id}"]);
        await stop.WaitForExitAsync();
        await using var server = HubServer.Start(new Dictionary<string, string?>(Settings(remote.Uri, "1")) { ["ClimateModel:Fallback"] = "false", ["ClimateModel:RemoteTimeout"] = "00:00:00.3" });
        server.Expect("No frame can be made");
        await using var probe = await HubProbe.ConnectAsync(server.Uri, "/hubs/climate");

        var answer = await probe.CallAsync("Subscribe", new { variables = new[] { "t2m" }, domain = new { bbox = Open }, options = new { member = 1 } });
        await using var goOn = ChildProcess.Start("kill", ["-CONT", $"{remote.Process.Id}"]);
        await goOn.WaitForExitAsync();
        var again = await probe.CallAsync("Subscribe", new { variables = new[] { "t2m" }, domain = new { bbox = Open }, options = new { member = 1 } });

        var error = answer.GetProperty("error");
        Assert.Equal(("UNAVAILABLE", true), (error.GetProperty("code").GetString(), error.GetProperty("retryable").GetBoolean()));
        Assert.Contains("No answer within 0.3 s, 2 time(s)", error.GetProperty("message").GetString(), StringComparison.Ordinal);
        Assert.False(again.TryGetProperty("error", out _));
    }

    private static Dictionary<string, string?> Settings(Uri remote, string retries) => new()
    {
        ["ClimateModel:RemoteUrl"] = new Uri(remote, "/api/v1/climate/infer").ToString(),
        ["ClimateModel:RemoteApiKey"] = "dev-key",
        ["ClimateModel:RemoteRetries"] = retries,
        ["ClimateModel:RemoteBackoff"] = "00:00:00.010",
        ["ClimateModel:RemoteTimeout"] = "00:00:10",
    };

    private static async Task<string?> MultihashAsync(HubServer server, string start)
    {
        await using var probe = await HubProbe.ConnectAsync(server.Uri, "/hubs/climate");
        await probe.CallAsync("Subscribe", new
        {
            variables = new[] { "t2m", "td2m" },
            time_mode = "historical",
            domain = new { bbox = Open },
            options = new { interval_seconds = 60, start },
        });
        return (await probe.WaitForAsync("Data"))[0]["checksums"].GetProperty("multihash").GetString();
    }
}
