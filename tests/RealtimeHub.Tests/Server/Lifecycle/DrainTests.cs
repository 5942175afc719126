using Microsoft.Extensions.DependencyInjection;
using RealtimeHub.Server.Lifecycle;
using RealtimeHub.Testing;
using RealtimeHub.Tests.Server.Auth;

namespace RealtimeHub.Tests.Server.Lifecycle;

public class DrainTests
{
    [Fact]
    public async Task P210_a_draining_server_turns_newcomers_away_and_lets_the_others_finish()
    {
        await using var server = HubServer.Start(new Dictionary<string, string?> { ["Drain:Delay"] = "00:00:02", ["Drain:Spread"] = "00:00:10" });
        server.Expect("Health check drain");
        using var http = server.Http();
        await using var probe = await HubProbe.ConnectAsync(server.Uri, "/hubs/events");
        await probe.WaitForAsync("Subscribed");
        var ready = await server.GetAsync("/health/ready");

        var draining = server.Services.GetRequiredService<DrainService>().DrainAsync();
        using var notReady = await http.GetAsync(new Uri("/health/ready", UriKind.Relative), TestContext.Current.CancellationToken);
        using var refused = await http.PostAsync(new Uri(Callers.Negotiate, UriKind.Relative), null, TestContext.Current.CancellationToken);
        await http.PublishAsync(SampleEvent.Security(1));
        await probe.WaitForAsync("Event");
        await draining.WaitAsync(TimeSpan.FromSeconds(15), TestContext.Current.CancellationToken);
        var control = (await probe.WaitForAsync("Control"))[0];

        Assert.Equal("200", ready);
        Assert.Equal(503, (int)notReady.StatusCode);
        Assert.Contains("drain", await notReady.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
        Assert.Equal("503 SERVER_DRAINING", await Callers.AnswerAsync(refused));
        Assert.NotNull(refused.Headers.RetryAfter);
        Assert.Equal(("SERVER_SHUTDOWN", true), (control["code"].GetString(), control["reconnect"].GetBoolean()));
        Assert.InRange(control["retry_after_ms"].GetInt64(), 0, 10_000);
        using var late = await http.PostEventAsync(SampleEvent.Security(2));
        Assert.Equal("503 SERVER_DRAINING", await Callers.AnswerAsync(late));
        Assert.Equal("live", await http.GetStringAsync(new Uri("/health/live", UriKind.Relative), TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task P210_what_was_accepted_is_delivered_before_the_goodbye()
    {
        await using var server = HubServer.Start();
        using var http = server.Http();
        await using var probe = await HubProbe.ConnectAsync(server.Uri, "/hubs/events", isPaused: true, receiveBuffer: 4_096);
        await server.WaitForConnectionsAsync(1);
        await http.PublishManyAsync(900);

        var draining = server.Services.GetRequiredService<DrainService>().DrainAsync();
        probe.Resume();
        await draining.WaitAsync(TimeSpan.FromSeconds(20), TestContext.Current.CancellationToken);
        await probe.WaitForCloseAsync();

        var targets = probe.All.Select(p => p.Target).ToList();
        Assert.Equal(900, targets.Count(t => t == "Event"));
        Assert.True(targets.IndexOf("Control") > targets.LastIndexOf("Event"), "The goodbye came before the last frame.");
    }

    [Fact]
    public async Task P210_a_client_that_does_not_read_is_cut_off_at_the_hard_stop()
    {
        await using var server = HubServer.Start(new Dictionary<string, string?> { ["Drain:HardStop"] = "00:00:01" });
        using var http = server.Http();
        await using var stuck = await HubProbe.ConnectAsync(server.Uri, "/hubs/events", isPaused: true, receiveBuffer: 4_096);
        await server.WaitForConnectionsAsync(1);
        for (var i = 0; i < 10; i++)
        {
            await http.PublishManyAsync(900, 1 + (900 * i));
        }

        await server.Services.GetRequiredService<DrainService>().DrainAsync().WaitAsync(TimeSpan.FromSeconds(10), TestContext.Current.CancellationToken);

        await server.WaitForConnectionsAsync(0);
    }
}
