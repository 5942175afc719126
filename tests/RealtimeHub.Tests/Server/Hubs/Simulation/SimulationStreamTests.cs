using System.Text.Json;
using RealtimeHub.Protocol.Json;
using RealtimeHub.Protocol.Simulation;
using RealtimeHub.Protocol.Streams;
using RealtimeHub.Testing;

namespace RealtimeHub.Tests.Server.Hubs.Simulation;

public sealed class SimulationStreamTests
{
    [Fact]
    public async Task P100_StreamSimulation_sends_every_step_and_completes_with_the_recipe()
    {
        await using var server = HubServer.Start();
        await using var client = server.Client();

        var items = await client.Simulation.StreamSimulationAsync(Runs.Quick).ReadAsync();

        var states = items.States().ToList();
        Assert.Equal(StreamItemKinds.Subscribed, items[0].Kind);
        Assert.Equal(Enumerable.Range(1, 10).Select(i => (long)i), states.Select(s => s.Step));
        Assert.All(states, s => Assert.Equal((10L, 10.0 * s.Step), (s.TotalSteps!.Value, s.Progress!.Value)));
        Assert.All(states, s => Assert.Matches("^1220[0-9a-f]{64}$", s.Checksum));
        Assert.Equal(10, states.Select(s => s.Checksum).Distinct().Count());
        Assert.Equal(Enumerable.Range(1, 11).Select(i => (long)i), items.Where(i => i.Frame is not null).Select(i => i.Frame!.Sequence));
        var complete = items.Complete();
        Assert.Equal(RunStates.Completed, complete.State);
        Assert.Equal(states[^1].Checksum, complete.Checksum);
        Assert.Equal(("mycelium-turing", 1, 42L, 16), (complete.Recipe.Model, complete.Recipe.ModelVersion, complete.Recipe.Seed, complete.Recipe.GridSize));
        Assert.Equal(0.18, complete.Recipe.Parameters["alpha"]);
        Assert.Equal(StreamItemKinds.End, items[^1].Kind);
    }

    public static TheoryData<string> StreamVectors =>
        new(Runs.Vectors("streams.json").Where(c => c.TryGetProperty("expect_state_steps", out _)).Select(c => c.GetProperty("id").GetString()!));

    [Theory]
    [MemberData(nameof(StreamVectors))]
    public async Task P101_states_come_every_n_steps_and_at_the_last_step(string id)
    {
        var test = Runs.Vectors("streams.json").Single(c => c.GetProperty("id").GetString() == id);
        await using var server = HubServer.Start();
        await using var client = server.Client();
        var request = test.GetProperty("params").Deserialize<StreamSimulationRequest>(RealtimeJson.Options)! with { StepsPerSecond = 0 };

        var items = await client.Simulation.StreamSimulationAsync(request).ReadAsync();

        Assert.Equal(test.GetProperty("expect_state_steps").EnumerateArray().Select(s => s.GetInt64()), items.States().Select(s => s.Step));
        Assert.Equal(test.GetProperty("expect_frames").GetInt32(), items.Count(i => i.Frame is not null));
        Assert.Equal(SimulationTypes.Complete, items.Last(i => i.Frame is not null).Frame!.Type);
    }

    [Fact]
    public async Task P100_equal_seeds_give_equal_numbers_that_evolve()
    {
        await using var server = HubServer.Start();
        await using var client = server.Client();
        var request = new StreamSimulationRequest { Model = "mycelium", GridSize = 32, Steps = 100, Seed = 42, StepsPerSecond = 0, SpikeProbability = 0.5 };

        var first = await client.Simulation.StreamSimulationAsync(request).ReadAsync();
        var second = await client.Simulation.StreamSimulationAsync(request).ReadAsync();

        Assert.NotEqual(first.Complete().RunId, second.Complete().RunId);
        Assert.Equal(first.Complete().FinalMetrics, second.Complete().FinalMetrics);
        Assert.Equal(first.States().Select(s => s.Checksum), second.States().Select(s => s.Checksum));
        Assert.Equal(100, first.States().Select(s => s.Metrics["pot_std_mV"]).Distinct().Count());
        Assert.InRange(first.Complete().GrowthEvents, 10, 90);
    }

    [Fact]
    public async Task P102_equal_requests_share_one_run()
    {
        await using var server = HubServer.Start();
        await using var one = server.Client();
        await using var other = server.Client();
        var request = new StreamFeaturesRequest { GridSize = 32, StepsPerSecond = 50 };
        await using var first = one.Simulation.StreamFeaturesAsync(request).GetAsyncEnumerator();
        await using var second = other.Simulation.StreamFeaturesAsync(request).GetAsyncEnumerator();

        var channel = (await first.UntilAsync(i => i.Subscribed is not null, "the first viewer")).Subscribed!.Channel;
        Assert.Equal(channel, (await second.UntilAsync(i => i.Subscribed is not null, "the second viewer")).Subscribed!.Channel);
        await second.UntilAsync(i => i.Frame is not null, "features");

        var run = Assert.Single(await one.Simulation.ListRunsAsync(new ListRunsRequest()));
        Assert.Equal((2, true, RunStates.Running), (run.Viewers, run.Shared, run.State));
    }

    [Fact]
    public async Task P103_a_shared_run_stops_when_its_last_viewer_leaves()
    {
        await using var server = HubServer.Start();
        await using var client = server.Client();
        string runId;
        await using (var viewer = client.Simulation.StreamFeaturesAsync(new StreamFeaturesRequest { StepsPerSecond = 20 }).GetAsyncEnumerator())
        {
            var frame = (await viewer.UntilAsync(i => i.Frame is not null, "features")).Frame!;
            runId = frame.Tags!["run_id"];
        }

        var jobs = client.Jobs.StreamLogsAsync(new() { JobId = runId });
        var log = await jobs.ReadAsync();

        Assert.Equal("job.started", log.First(i => i.Frame is not null).Frame!.Type);
        Assert.Equal("job.cancelled", log.Last(i => i.Frame is not null).Frame!.Type);
        Assert.Equal("nobody watches", (await client.Simulation.DescribeRunAsync(runId)).Reason);
    }

    [Fact]
    public async Task P104_features_are_those_asked_for()
    {
        await using var server = HubServer.Start();
        await using var client = server.Client();
        var request = new StreamFeaturesRequest { GridSize = 16, Steps = 12, StepsPerSecond = 0, UpdateIntervalMs = 10, Features = ["D_box", "pot_mean_mV", "T_stable"] };

        var items = await client.Simulation.StreamFeaturesAsync(request).ReadAsync();

        var update = items.First(i => i.Frame?.Type == SimulationTypes.FeatureUpdate).Frame!.Payload.To(RealtimeJsonContext.Default.FeatureUpdate)!;
        Assert.Equal(["pot_mean_mV", "D_box", "T_stable"], update.Features.Keys);
    }

    [Fact]
    public async Task P105_update_interval_ms_skips_steps_for_one_viewer_and_says_so()
    {
        await using var server = HubServer.Start();
        await using var client = server.Client();
        var request = new StreamSimulationRequest { GridSize = 16, Steps = 60, StepsPerSecond = 100, UpdateIntervalMs = 100 };

        var items = await client.Simulation.StreamSimulationAsync(request).ReadAsync();

        var states = items.States().Count();
        var skipped = items.Where(i => i.Skipped is not null).Select(i => i.Skipped!).ToList();
        Assert.InRange(states, 3, 30);
        Assert.All(skipped, s => Assert.Equal("rate", s.Reason));
        Assert.Equal(60, states + skipped.Sum(s => s.Count));
        Assert.Equal(60, items.Complete().Step);
    }

    [Theory]
    [InlineData(null, "float32", 1024, 1e-7)]
    [InlineData("uint16", "uint16", 512, 3e-6)]
    [InlineData("uint8", "uint8", 256, 6e-4)]
    public async Task P106_include_full_state_sends_the_field(string? encoding, string dtype, int bytes, double tolerance)
    {
        await using var server = HubServer.Start();
        await using var client = server.Client();
        var request = Runs.Quick with { Steps = 3, IncludeFullState = true, Encoding = encoding };

        var items = await client.Simulation.StreamSimulationAsync(request).ReadAsync();

        var frame = items.Last(i => i.Frame?.Type == SimulationTypes.State).Frame!;
        var block = frame.Blocks![SimulationState.FieldBlock];
        Assert.Equal((dtype, "V", bytes), (block.Dtype, block.Units, block.Data.Bytes.Length));
        Assert.Equal([16, 16], block.Shape);
        Assert.Equal(frame.State().Metrics["pot_mean_mV"] / 1000.0, block.ToFloats().Average(x => (double)x), tolerance);
        if (dtype == "uint16")
        {
            Assert.Equal(frame.State().Checksum, RealtimeHub.Science.Numerics.Multihash.Sha256(block.Data.Bytes.Span));
        }
    }

    [Fact]
    public async Task P108_caps_refuse_clearly_and_free_themselves()
    {
        await using var server = HubServer.Start(new Dictionary<string, string?> { ["Simulation:MaxRunsPerUser"] = "1", ["Simulation:MaxCells"] = "5000" });
        await using var client = server.Client();
        var run = await client.Simulation.StartRunAsync(new StartRunRequest { GridSize = 32, StartPaused = true });

        var second = await Assert.ThrowsAsync<RealtimeHub.Client.Connections.ProtocolErrorException>(() => client.Simulation.StartRunAsync(new StartRunRequest { GridSize = 32 }));
        await client.Simulation.StopRunAsync(run.RunId);
        await Runs.EndOfAsync(client.Simulation, run.RunId);
        var large = await Assert.ThrowsAsync<RealtimeHub.Client.Connections.ProtocolErrorException>(() => client.Simulation.StartRunAsync(new StartRunRequest { GridSize = 128 }));

        Assert.Equal(("RUN_LIMIT", "1 runs per user", true), (second.Error.Code, second.Error.Details!.Limit, second.Error.Retryable));
        Assert.Equal("5000 cells per server", large.Error.Details!.Limit);
    }

    [Fact]
    public async Task P109_a_slow_viewer_never_slows_the_run()
    {
        await using var server = HubServer.Start();
        server.Expect("frames behind on simulation");
        await using var client = server.Client();
        await using var slow = await HubProbe.ConnectAsync(server.Uri, "/hubs/simulation", receiveBuffer: 4_096);
        var run = await client.Simulation.StartRunAsync(new StartRunRequest { GridSize = 128, Steps = 400, StepsPerSecond = 0, StartPaused = true });
        await using var stuck = slow.StreamAsync("JoinRun", new { run_id = run.RunId, include_full_state = true, start = "history" }).GetAsyncEnumerator();
        await stuck.MoveNextAsync();
        slow.Pause();

        await client.Simulation.ResumeRunAsync(run.RunId);
        var items = await client.Simulation.JoinRunAsync(new JoinRunRequest { RunId = run.RunId, Start = "history" }).ReadAsync();

        Assert.Equal(400, items.Complete().Step);
        slow.Resume();
    }
}
