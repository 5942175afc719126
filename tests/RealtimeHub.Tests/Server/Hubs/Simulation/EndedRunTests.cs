using RealtimeHub.Protocol.Simulation;
using RealtimeHub.Protocol.Streams;
using RealtimeHub.Testing;

namespace RealtimeHub.Tests.Server.Hubs.Simulation;

public sealed class EndedRunTests
{
    [Theory]
    [InlineData(null)]
    [InlineData("history")]
    [InlineData("snapshot")]
    public async Task P280_whoever_joins_a_run_that_has_ended_gets_its_last_state_and_its_end(string? start)
    {
        await using var server = HubServer.Start();
        await using var client = server.Client();
        var runId = await EndedAsync(client);

        var items = await client.Simulation.JoinRunAsync(new JoinRunRequest { RunId = runId, Start = start }).ReadAsync();

        Assert.Equal(start == "snapshot" ? 1 : 6, items.States().Count());
        Assert.Equal(6, items.States().Last().Step);
        Assert.Equal(RunStates.Completed, items.Complete().State);
        Assert.Equal(StreamItemKinds.End, items[^1].Kind);
    }

    [Theory]
    [InlineData("float32", 16 * 16 * 4)]
    [InlineData("uint16", 16 * 16 * 2)]
    [InlineData("uint8", 16 * 16)]
    public async Task P280_a_content_that_nobody_had_asked_for_is_made_of_the_last_state(string encoding, int bytes)
    {
        await using var server = HubServer.Start();
        await using var client = server.Client();
        var runId = await EndedAsync(client);
        var request = new JoinRunRequest { RunId = runId, Start = "snapshot", IncludeFullState = true, Encoding = encoding, Features = ["pot_mean_mV", "D_box"] };

        var items = await client.Simulation.JoinRunAsync(request).ReadAsync();

        var frame = Assert.Single(items, i => i.Frame?.Type == SimulationTypes.State).Frame!;
        var state = frame.State();
        Assert.Equal((6L, RunStates.Completed, items.Complete().Checksum), (state.Step, state.RunState, state.Checksum));
        Assert.Equal(["pot_mean_mV", "D_box"], state.Metrics.Keys);
        Assert.Equal(items.Complete().FinalMetrics["pot_mean_mV"], state.Metrics["pot_mean_mV"]);
        Assert.Equal(bytes, frame.Blocks![SimulationState.FieldBlock].Data.Bytes.Length);
        if (encoding == "uint16")
        {
            Assert.Equal(state.Checksum, RealtimeHub.Science.Numerics.Multihash.Sha256(frame.Blocks[SimulationState.FieldBlock].Data.Bytes.Span));
        }
    }

    [Fact]
    public async Task P280_a_shared_run_that_was_watched_for_its_features_can_be_joined_for_its_state()
    {
        await using var server = HubServer.Start();
        await using var client = server.Client();
        var features = await client.Simulation.StreamFeaturesAsync(new StreamFeaturesRequest { GridSize = 16, Steps = 5, StepsPerSecond = 0 }).ReadAsync();
        var runId = features.Complete().RunId;

        var first = await client.Simulation.JoinRunAsync(new JoinRunRequest { RunId = runId }).ReadAsync();
        var second = await client.Simulation.JoinRunAsync(new JoinRunRequest { RunId = runId, Start = "snapshot" }).ReadAsync();

        Assert.Equal((5L, RunStates.Completed), (first.States().Single().Step, first.States().Single().RunState));
        Assert.Equal(features.Complete().Checksum, first.Complete().Checksum);
        Assert.Equal(first.Single(i => i.Frame?.Type == SimulationTypes.State).Frame!.EventId, second.Single(i => i.Frame?.Type == SimulationTypes.State).Frame!.EventId);
    }

    [Fact]
    public async Task P280_what_the_channel_has_forgotten_is_made_again()
    {
        var clock = new ManualTimeProvider();
        await using var server = HubServer.Start(clock: clock);
        await using var client = server.Client();
        var run = await client.Simulation.StartRunAsync(new StartRunRequest { GridSize = 16, StartPaused = true });
        await client.Simulation.StepRunAsync(run.RunId, 4);
        await client.Simulation.StopRunAsync(run.RunId);
        await Runs.EndOfAsync(client.Simulation, run.RunId);
        var before = await client.Simulation.JoinRunAsync(new JoinRunRequest { RunId = run.RunId }).ReadAsync();
        clock.Advance(TimeSpan.FromHours(2));

        var items = await client.Simulation.JoinRunAsync(new JoinRunRequest { RunId = run.RunId }).ReadAsync();

        Assert.Equal(4, before.States().Count());
        Assert.Equal((4L, RunStates.Stopped), (items.States().Single().Step, items.States().Single().RunState));
        Assert.Equal(before.Complete().Checksum, items.Complete().Checksum);
    }

    [Fact]
    public async Task P280_the_last_numbers_outlive_the_field()
    {
        await using var server = HubServer.Start(new Dictionary<string, string?> { ["Simulation:MaxEndedCells"] = "256" });
        await using var client = server.Client();
        var first = await EndedAsync(client);
        var second = await EndedAsync(client);

        // The room is made right after a run has ended; asking for a third run's state is asked after that.
        var field = await client.Simulation.JoinRunAsync(new JoinRunRequest { RunId = second, Start = "snapshot", IncludeFullState = true }).ReadAsync();
        var forgotten = await client.Simulation.JoinRunAsync(new JoinRunRequest { RunId = first, Start = "snapshot", IncludeFullState = true }).ReadAsync();
        var numbers = await client.Simulation.JoinRunAsync(new JoinRunRequest { RunId = first, Start = "snapshot", Features = ["D_r2"] }).ReadAsync();

        Assert.NotNull(field.First(i => i.Frame is not null).Frame!.Blocks);
        Assert.Equal("RUN_FINISHED", forgotten.Single().Error!.Code);
        Assert.Equal(["D_r2"], numbers.States().Single().Metrics.Keys);
    }

    [Fact]
    public async Task P281_nobody_but_the_simulation_writes_to_its_job()
    {
        await using var server = HubServer.Start();
        await using var client = server.Client();
        var run = await client.Simulation.StartRunAsync(new StartRunRequest { GridSize = 16, StartPaused = true });
        using var http = server.Http();

        using var answer = await http.PostEventAsync(new { type = "job.log", payload = new { level = "info", message = "forged" } }, $"job:{run.RunId}");

        Assert.Equal(403, (int)answer.StatusCode);
        Assert.Contains("CHANNEL_READ_ONLY", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal(RunStates.Paused, (await client.Simulation.DescribeRunAsync(run.RunId)).State);
    }

    private static async Task<string> EndedAsync(RealtimeHub.Client.RealtimeClient client)
    {
        var run = await client.Simulation.StartRunAsync(new StartRunRequest { GridSize = 16, Steps = 6, StepsPerSecond = 0 });
        await Runs.EndOfAsync(client.Simulation, run.RunId);
        return run.RunId;
    }
}
