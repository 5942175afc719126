using RealtimeHub.Client.Accounting;
using RealtimeHub.Protocol.Simulation;
using RealtimeHub.Testing;

namespace RealtimeHub.Tests.Server.Hubs.Simulation;

public sealed class SimulationReconnectTests
{
    [Fact]
    public async Task P103_a_viewer_that_comes_back_goes_on_in_the_same_run_without_a_hole()
    {
        await using var server = HubServer.Start();
        await using var client = server.Client();
        var books = new Coverage();
        var steps = new List<long>();
        var runs = new HashSet<string>();

        await foreach (var item in client.Simulation.StreamSimulationAsync(new StreamSimulationRequest { GridSize = 16, Steps = 60, StepsPerSecond = 60, IncludeFullState = true, Encoding = "uint8" }, books))
        {
            if (item.Frame?.Type == SimulationTypes.State)
            {
                steps.Add(item.Frame.State().Step);
                runs.Add(item.Frame.State().RunId);
                if (steps.Count is 10 or 30)
                {
                    server.CutConnections();
                }
            }
        }

        Assert.Single(runs);
        Assert.Equal(Enumerable.Range(1, 60).Select(s => (long)s), steps);
        Assert.Equal(0, books.Totals().Missing);
        Assert.Empty(books.Totals().Lost);
    }

    [Fact]
    public async Task P103_who_comes_back_after_the_end_gets_the_end_and_no_new_run()
    {
        await using var server = HubServer.Start();
        await using var client = server.Client();
        var request = new StreamSimulationRequest { GridSize = 16, Steps = 20, StepsPerSecond = 0 };
        var items = await client.Simulation.StreamSimulationAsync(request).ReadAsync();
        var fifth = items.First(i => i.Frame?.Sequence == 5).Frame!;

        var rest = await client.Simulation.StreamSimulationAsync(request with { From = new(fifth.Epoch, 5) }).ReadAsync();
        var anew = await client.Simulation.StreamSimulationAsync(request).ReadAsync();

        Assert.Equal(Enumerable.Range(6, 15).Select(s => (long)s), rest.States().Select(s => s.Step));
        Assert.Equal(items.Complete().RunId, rest.Complete().RunId);
        Assert.NotEqual(items.Complete().RunId, anew.Complete().RunId);
        Assert.Equal(items.Complete().Checksum, anew.Complete().Checksum);
    }

    [Fact]
    public async Task P103_the_place_of_a_lost_viewer_is_held_for_so_long_and_no_longer()
    {
        var clock = new ManualTimeProvider();
        await using var server = HubServer.Start(clock: clock);
        await using var client = server.Client();
        var probe = await HubProbe.ConnectAsync(server.Uri, "/hubs/simulation");
        await using var stream = probe.StreamAsync("StreamFeatures", new { grid_size = 16, steps_per_second = 1 }).GetAsyncEnumerator(TestContext.Current.CancellationToken);
        await stream.MoveNextAsync();
        var run = Assert.Single(await client.Simulation.ListRunsAsync(new ListRunsRequest()));

        await probe.DisposeAsync();
        await server.WaitForConnectionsAsync(1);
        clock.Advance(TimeSpan.FromSeconds(14));
        var held = await client.Simulation.DescribeRunAsync(run.RunId);
        clock.Advance(TimeSpan.FromSeconds(2));
        await client.Jobs.StreamLogsAsync(new() { JobId = run.RunId }).ReadAsync();
        var ended = await client.Simulation.DescribeRunAsync(run.RunId);

        Assert.Equal((RunStates.Running, 1), (held.State, held.Viewers));
        Assert.Equal((RunStates.Stopped, "nobody watches", 0), (ended.State, ended.Reason, ended.Viewers));
    }
}
