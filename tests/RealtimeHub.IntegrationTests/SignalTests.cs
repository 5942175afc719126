using System.Runtime.InteropServices;
using RealtimeHub.Testing;

namespace RealtimeHub.IntegrationTests;

public class SignalTests
{
    private const int Terminate = 15;

    [Fact]
    public async Task P210_a_signal_to_stop_drains_first_and_then_ends_the_process_well()
    {
        await using var server = await ServerProcess.StartAsync(environment: new Dictionary<string, string> { ["Drain__Spread"] = "00:00:05" });
        using var http = new HttpClient { BaseAddress = server.Uri };
        http.DefaultRequestHeaders.Add("X-API-Key", "dev-key");
        await using var reader = await HubProbe.ConnectAsync(server.Uri, "/hubs/events", "dev-key", isPaused: true, receiveBuffer: 4_096);
        for (var i = 0; i < 3; i++)
        {
            await http.PublishManyAsync(900, 1 + (900 * i));
        }

        Assert.Equal(0, Kill(server.Process.Id, Terminate));
        await server.Process.WaitForLineAsync(l => l.Contains("drains", StringComparison.Ordinal), "the drain to begin");
        reader.Resume();
        var control = (await reader.WaitForAsync("Control"))[0];
        await reader.WaitForCloseAsync();
        var exitCode = await server.Process.WaitForExitAsync();

        Assert.Equal(0, exitCode);
        var delivered = reader.All.Count(p => p.Target == "Event");
        var lost = reader.All.Where(p => p.Target == "Gap").Sum(p => p["count"].GetInt64());
        Assert.Equal(2_700, delivered + lost);
        Assert.Equal(("SERVER_SHUTDOWN", true), (control["code"].GetString(), control["reconnect"].GetBoolean()));
        Assert.InRange(control["retry_after_ms"].GetInt64(), 0, 5_000);
    }

    [Fact]
    public async Task P210_a_second_signal_stops_at_once()
    {
        await using var server = await ServerProcess.StartAsync();
        await using var stuck = await HubProbe.ConnectAsync(server.Uri, "/hubs/events", "dev-key", isPaused: true, receiveBuffer: 4_096);
        using var http = new HttpClient { BaseAddress = server.Uri };
        http.DefaultRequestHeaders.Add("X-API-Key", "dev-key");
        for (var i = 0; i < 6; i++)
        {
            await http.PublishManyAsync(900, 1 + (900 * i));
        }

        Assert.Equal(0, Kill(server.Process.Id, Terminate));
        await server.Process.WaitForLineAsync(l => l.Contains("drains", StringComparison.Ordinal), "the drain to begin");
        Assert.Equal(0, Kill(server.Process.Id, Terminate));

        // The drain alone would go on for 30 s, because its client does not read.
        Assert.Equal(0, await server.Process.WaitForExitAsync(TimeSpan.FromSeconds(20)));
    }

    [DllImport("libc", EntryPoint = "kill")]
    private static extern int Kill(int process, int signal);
}
