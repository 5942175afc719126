using RealtimeHub.Client.Connections;
using RealtimeHub.Protocol.Json;
using RealtimeHub.Protocol.Simulation;
using RealtimeHub.Testing;

namespace RealtimeHub.Tests.Server.Hubs.Simulation;

public sealed class SimulationRunTests
{
    [Fact]
    public async Task P110_StepRun_computes_so_many_steps_and_leaves_the_run_paused()
    {
        await using var server = HubServer.Start();
        await using var client = server.Client();
        var run = await client.Simulation.StartRunAsync(new StartRunRequest { GridSize = 16, StartPaused = true });
        await using var viewer = client.Simulation.JoinRunAsync(new JoinRunRequest { RunId = run.RunId }).GetAsyncEnumerator();
        await viewer.UntilAsync(i => i.Subscribed is not null, "the start");

        await client.Simulation.StepRunAsync(run.RunId, 3);
        await viewer.UntilAsync(i => i.Frame?.Type == SimulationTypes.State && i.Frame.State().Step == 3, "step 3");

        var status = await client.Simulation.DescribeRunAsync(run.RunId);
        Assert.Equal((RunStates.Paused, 3L), (status.State, status.Step));
        Assert.True(status.Turing!.Fulfilled);
    }

    [Fact]
    public async Task P111_steering_is_an_ordered_event_of_the_recipe()
    {
        await using var server = HubServer.Start();
        await using var client = server.Client();
        var run = await client.Simulation.StartRunAsync(new StartRunRequest { Model = "gray-scott", GridSize = 32, Steps = 40, StepsPerSecond = 0, StartPaused = true });
        await using var viewer = client.Simulation.JoinRunAsync(new JoinRunRequest { RunId = run.RunId }).GetAsyncEnumerator();
        await viewer.UntilAsync(i => i.Subscribed is not null, "the start");
        await client.Simulation.StepRunAsync(run.RunId, 5);
        await viewer.UntilAsync(i => i.Frame?.Type == SimulationTypes.State && i.Frame.State().Step == 5, "step 5");

        await client.Simulation.SteerRunAsync(new SteerRunRequest { RunId = run.RunId, Feed = 0.05, Spike = new SpikeInjection { X = 3, Y = 4, Amount = 0.5 } });
        await client.Simulation.ResumeRunAsync(run.RunId);
        var steered = (await viewer.UntilAsync(i => i.Frame?.Type == SimulationTypes.Steered, "the change")).Frame!.Payload.To(RealtimeJsonContext.Default.RunChange)!;
        var last = await viewer.UntilAsync(i => i.Frame?.Type == SimulationTypes.Complete, "the end");

        var recipe = last.Frame!.Payload.To(RealtimeJsonContext.Default.SimulationComplete)!.Recipe;
        var change = Assert.Single(recipe.Events);
        Assert.Equal((5L, "admin", 0.05, 3), (change.Step, change.By, change.Parameters!["feed"], change.Spike!.X));
        Assert.Equal(5, steered.Step);
        var log = await client.Jobs.StreamLogsAsync(new() { JobId = run.RunId }).ReadAsync();
        Assert.Contains(log, i => i.Frame?.Payload.ToString().Contains("simulation_steered after step 5 by admin", StringComparison.Ordinal) == true);
        Assert.Equal("job.completed", log.Last(i => i.Frame is not null).Frame!.Type);
    }

    [Fact]
    public async Task P112_JoinRun_starts_live_with_the_history_or_with_a_snapshot()
    {
        await using var server = HubServer.Start();
        await using var client = server.Client();
        var run = await client.Simulation.StartRunAsync(new StartRunRequest { GridSize = 16, StartPaused = true });
        await using var live = client.Simulation.JoinRunAsync(new JoinRunRequest { RunId = run.RunId }).GetAsyncEnumerator();
        await live.UntilAsync(i => i.Subscribed is not null, "the start");
        await client.Simulation.StepRunAsync(run.RunId, 4);
        await live.UntilAsync(i => i.Frame?.Type == SimulationTypes.State && i.Frame.State().Step == 4, "step 4");

        await using var history = client.Simulation.JoinRunAsync(new JoinRunRequest { RunId = run.RunId, Start = "history" }).GetAsyncEnumerator();
        await using var snapshot = client.Simulation.JoinRunAsync(new JoinRunRequest { RunId = run.RunId, Start = "snapshot" }).GetAsyncEnumerator();
        await using var field = client.Simulation.JoinRunAsync(new JoinRunRequest { RunId = run.RunId, Start = "snapshot", IncludeFullState = true }).GetAsyncEnumerator();

        Assert.Equal(1, (await history.UntilAsync(i => i.Frame?.Type == SimulationTypes.State, "the oldest state")).Frame!.State().Step);
        Assert.Equal(4, (await snapshot.UntilAsync(i => i.Frame?.Type == SimulationTypes.State, "the newest state")).Frame!.State().Step);
        var full = (await field.UntilAsync(i => i.Frame?.Type == SimulationTypes.State, "the field")).Frame!;
        Assert.Equal(4, full.State().Step);
        Assert.Equal(16 * 16 * 4, full.Blocks![SimulationState.FieldBlock].Data.Bytes.Length);
    }

    [Fact]
    public async Task P301_an_unlisted_run_is_in_no_list_and_no_job_and_may_be_joined_by_its_id()
    {
        await using var server = HubServer.Start();
        await using var client = server.Client();
        var listed = await client.Simulation.StartRunAsync(new StartRunRequest { GridSize = 16, StartPaused = true });
        var unlisted = await client.Simulation.StartRunAsync(new StartRunRequest { GridSize = 16, Steps = 2, StartPaused = true, Unlisted = true });

        await client.Simulation.StepRunAsync(unlisted.RunId, 2);

        Assert.Equal([listed.RunId], (await client.Simulation.ListRunsAsync(new ListRunsRequest())).Select(r => r.RunId));
        Assert.Equal([listed.RunId], (await client.Jobs.ListAsync(new())).Select(j => j.JobId));
        await using var viewer = client.Simulation.JoinRunAsync(new JoinRunRequest { RunId = unlisted.RunId, Start = "snapshot" }).GetAsyncEnumerator();
        Assert.Equal(2, (await viewer.UntilAsync(i => i.Frame?.Type == SimulationTypes.State, "the state")).Frame!.State().Step);
    }

    [Fact]
    public async Task P113_only_the_owner_and_who_may_steer_change_a_run()
    {
        await using var server = HubServer.Start(keys:
        [
            ("owner", "owner-key-of-the-tests", "simulation:read simulation:run"),
            ("viewer", "viewer-key-of-the-tests", "simulation:read"),
            ("steerer", "steerer-key-of-the-tests", "simulation:read simulation:steer"),
        ]);
        await using var owner = server.Client("owner-key-of-the-tests");
        await using var viewer = server.Client("viewer-key-of-the-tests");
        await using var steerer = server.Client("steerer-key-of-the-tests");
        var run = await owner.Simulation.StartRunAsync(new StartRunRequest { GridSize = 16, StartPaused = true });

        var started = await Assert.ThrowsAsync<ProtocolErrorException>(() => viewer.Simulation.StartRunAsync(new StartRunRequest()));
        var paused = await Assert.ThrowsAsync<ProtocolErrorException>(() => viewer.Simulation.ResumeRunAsync(run.RunId));
        var streamed = await viewer.Simulation.StreamSimulationAsync(Runs.Quick).ReadAsync();
        var steered = await steerer.Simulation.SteerRunAsync(new SteerRunRequest { RunId = run.RunId, Alpha = 0.1 });
        var stopped = await owner.Simulation.StopRunAsync(run.RunId);

        Assert.Equal("FORBIDDEN", started.Error.Code);
        Assert.Equal("FORBIDDEN", paused.Error.Code);
        Assert.Equal("FORBIDDEN", streamed.Single().Error!.Code);
        Assert.Equal(run.RunId, steered.RunId);
        Assert.Equal(run.RunId, stopped.RunId);
    }

    [Fact]
    public async Task P113_a_shared_run_is_steered_by_nobody()
    {
        await using var server = HubServer.Start();
        await using var client = server.Client();
        await using var viewer = client.Simulation.StreamFeaturesAsync(new StreamFeaturesRequest { GridSize = 16 }).GetAsyncEnumerator();
        var runId = (await viewer.UntilAsync(i => i.Frame is not null, "features")).Frame!.Tags!["run_id"];

        var refusal = await Assert.ThrowsAsync<ProtocolErrorException>(() => client.Simulation.PauseRunAsync(runId));

        Assert.Equal("FORBIDDEN", refusal.Error.Code);
    }

    [Fact]
    public async Task P114_a_run_that_nobody_watches_stops_after_the_idle_time()
    {
        var clock = new ManualTimeProvider();
        await using var server = HubServer.Start(new Dictionary<string, string?> { ["Simulation:IdleTimeout"] = "00:01:00" }, clock);
        await using var client = server.Client();
        var run = await client.Simulation.StartRunAsync(new StartRunRequest { GridSize = 16, StartPaused = true });

        clock.Advance(TimeSpan.FromSeconds(61));

        // Whoever asks about it wakes it, as its own clock would within a second.
        var refusal = await Record.ExceptionAsync(() => client.Simulation.PauseRunAsync(run.RunId));
        var status = await Runs.EndOfAsync(client.Simulation, run.RunId);
        Assert.True(refusal is null or ProtocolErrorException);
        Assert.Equal((RunStates.Stopped, "nobody watches"), (status.State, status.Reason));
    }

    [Fact]
    public async Task P115_calls_name_what_is_wrong_with_them()
    {
        await using var server = HubServer.Start();
        await using var client = server.Client();
        var run = await client.Simulation.StartRunAsync(new StartRunRequest { Model = "gray-scott", GridSize = 16, StartPaused = true });

        var unknown = await Assert.ThrowsAsync<ProtocolErrorException>(() => client.Simulation.PauseRunAsync("nope"));
        var range = await Assert.ThrowsAsync<ProtocolErrorException>(() => client.Simulation.SteerRunAsync(new SteerRunRequest { RunId = run.RunId, Feed = 5 }));
        var frozen = await Assert.ThrowsAsync<ProtocolErrorException>(() => client.Simulation.SteerRunAsync(
            new SteerRunRequest { RunId = run.RunId, Parameters = new Dictionary<string, double> { ["d_u"] = 0.1 } }));
        var outside = await Assert.ThrowsAsync<ProtocolErrorException>(() => client.Simulation.SteerRunAsync(
            new SteerRunRequest { RunId = run.RunId, Spike = new SpikeInjection { X = 16, Y = 0 } }));
        var nothing = await Assert.ThrowsAsync<ProtocolErrorException>(() => client.Simulation.SteerRunAsync(new SteerRunRequest { RunId = run.RunId }));
        var steps = await Assert.ThrowsAsync<ProtocolErrorException>(() => client.Simulation.StepRunAsync(run.RunId, 0));
        await client.Simulation.StopRunAsync(run.RunId);
        await Runs.EndOfAsync(client.Simulation, run.RunId);
        var ended = await Assert.ThrowsAsync<ProtocolErrorException>(() => client.Simulation.PauseRunAsync(run.RunId));

        Assert.Equal("RUN_NOT_FOUND", unknown.Error.Code);
        Assert.Equal(("feed", "5", "0..0.1"), Field(range));
        Assert.Equal("d_u", Field(frozen).Field);
        Assert.Equal(("spike.x", "16", "0..15"), Field(outside));
        Assert.Equal("parameters", Field(nothing).Field);
        Assert.Equal(("steps", "0", "1..1000"), Field(steps));
        Assert.Equal("RUN_FINISHED", ended.Error.Code);

        static (string Field, string? Value, string? Bound) Field(ProtocolErrorException e) =>
            (e.Error.Details!.Errors![0].Field, e.Error.Details.Errors[0].Value, e.Error.Details.Errors[0].Bound);
    }
}
