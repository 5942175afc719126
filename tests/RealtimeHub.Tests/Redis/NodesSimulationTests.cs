using RealtimeHub.Client;
using RealtimeHub.Client.Connections;
using RealtimeHub.Protocol.Channels;
using RealtimeHub.Protocol.Json;
using RealtimeHub.Protocol.Simulation;
using RealtimeHub.Protocol.Streams;
using RealtimeHub.Science.Simulation;
using RealtimeHub.Testing;
using RealtimeHub.Tests.Server.Hubs.Simulation;

namespace RealtimeHub.Tests.Redis;

/// <summary>A run is one on all nodes: computed by one of them, and by another when that one is gone.</summary>
public sealed class NodesSimulationTests(RedisFixture redis) : IClassFixture<RedisFixture>
{
    private const int LastStep = 60;

    private static readonly StartRunRequest Request = new() { Model = "gray-scott", GridSize = 16, Steps = LastStep, StepsPerSecond = 20, StartPaused = true };

    [Fact]
    public async Task P324_a_run_is_found_joined_and_steered_on_any_node()
    {
        var settings = Settings();
        await using var first = HubServer.Start(settings);
        await using var second = HubServer.Start(settings);
        await using var here = first.Client();
        await using var there = second.Client();
        var run = await here.Simulation.StartRunAsync(Request);

        await KnownAsync(there, run.RunId);
        var listed = await there.Simulation.ListRunsAsync(new ListRunsRequest());
        await using var viewer = there.Simulation.JoinRunAsync(new JoinRunRequest { RunId = run.RunId, Start = "snapshot", IncludeFullState = true }).GetAsyncEnumerator();
        var field = (await viewer.UntilAsync(i => i.Frame?.Type == SimulationTypes.State, "the state before the first step")).Frame!;
        await there.Simulation.StepRunAsync(run.RunId, 3);
        await viewer.UntilAsync(i => i.Frame?.Type == SimulationTypes.State && i.Frame.State().Step == 3, "step 3");
        var steered = await there.Simulation.SteerRunAsync(new SteerRunRequest { RunId = run.RunId, Feed = 0.05 });
        var refused = await Assert.ThrowsAsync<ProtocolErrorException>(() => there.Simulation.SteerRunAsync(new SteerRunRequest { RunId = run.RunId, Feed = 5 }));
        var recipe = (await here.Simulation.DescribeRunAsync(run.RunId)).Recipe!;
        await there.Simulation.StopRunAsync(run.RunId);
        var last = await viewer.UntilAsync(i => i.Frame?.Type == SimulationTypes.Complete, "the end");
        var history = await there.Simulation.JoinRunAsync(new JoinRunRequest { RunId = run.RunId, Start = "history" }).ReadAsync();

        Assert.Equal([run.RunId], listed.Select(r => r.RunId));
        Assert.Equal((0L, 16 * 16 * 4), (field.State().Step, field.Blocks![SimulationState.FieldBlock].Data.Bytes.Length));
        Assert.Equal((RunStates.Paused, 3L, "feed"), (steered.State, Assert.Single(recipe.Events).Step, refused.Error.Details!.Errors![0].Field));
        Assert.Equal(RunStates.Stopped, last.Frame!.Payload.To(RealtimeJsonContext.Default.SimulationComplete)!.State);
        Assert.Equal([1, 2, 3], history.States().Select(s => s.Step));
        Assert.Equal(RunStates.Stopped, (await there.Simulation.DescribeRunAsync(run.RunId)).State);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task P325_a_run_goes_on_elsewhere_when_its_node_is_cut_off_or_stops_with_the_checksums_of_one_that_was_not_disturbed(bool isCutOff)
    {
        await using var relay = new TcpRelay(Port(redis.Server.Endpoint));
        var prefix = $"{Guid.NewGuid():N}:";
        var first = HubServer.Start(Settings($"127.0.0.1:{relay.Port}", prefix));
        await using var second = HubServer.Start(Settings(redis.Server.Endpoint, prefix));
        first.Expect("");
        await using var here = first.Client();
        await using var there = second.Client();
        var run = await here.Simulation.StartRunAsync(Request);
        await KnownAsync(there, run.RunId);
        await using var viewer = there.Simulation.JoinRunAsync(new JoinRunRequest { RunId = run.RunId, Start = "history" }).GetAsyncEnumerator();
        await using var features = there.Simulation.JoinRunAsync(new JoinRunRequest { RunId = run.RunId, IncludeFullState = true, UpdateIntervalSteps = 2 }).GetAsyncEnumerator();
        await features.UntilAsync(i => i.Frame is not null, "the field");
        await there.Simulation.StepRunAsync(run.RunId, 5);
        await there.Simulation.SteerRunAsync(new SteerRunRequest { RunId = run.RunId, Feed = 0.05, Spike = new SpikeInjection { X = 3, Y = 4, Amount = 0.5 } });
        await there.Simulation.ResumeRunAsync(run.RunId);

        var frames = new List<FrameEnvelope>();
        await ReadAsync(viewer, frames, f => f.Type == SimulationTypes.State && f.State().Step == 12);
        if (isCutOff)
        {
            relay.Cut();
        }
        else
        {
            await first.DisposeAsync();
        }

        await ReadAsync(viewer, frames, f => f.Type == SimulationTypes.Complete);
        var full = new List<FrameEnvelope>();
        await ReadAsync(features, full, f => f.Type == SimulationTypes.Complete);
        var undisturbed = Undisturbed(frames[^1]);

        var states = frames.Where(f => f.Type == SimulationTypes.State).Select(f => f.State()).ToList();
        Assert.Equal(Enumerable.Range(1, LastStep).Select(i => (long)i), states.Select(s => s.Step));
        Assert.Equal(Enumerable.Range(1, frames.Count).Select(i => (long)i), frames.Select(f => f.Sequence));
        Assert.Single(frames, f => f.Type == SimulationTypes.Steered);
        Assert.Equal(undisturbed, states.ToDictionary(s => s.Step, s => s.Checksum));
        Assert.Equal(Enumerable.Range(1, LastStep / 2).Select(i => 2L * i), full.Where(f => f.Type == SimulationTypes.State).Select(f => f.State().Step));
        if (isCutOff)
        {
            // Back again, the first node follows what has become of the run.
            relay.Mend();
            Assert.Equal(RunStates.Completed, (await EndAsync(here, run.RunId)).State);
            await first.DisposeAsync();
        }
    }

    [Fact]
    public async Task P326_equal_requests_share_a_run_on_all_nodes_and_its_viewers_go_on_when_its_node_stops()
    {
        var settings = Settings();
        var first = HubServer.Start(settings);
        await using var second = HubServer.Start(settings);
        await using var here = first.Client();
        await using var there = second.Client();
        var request = new StreamSimulationRequest { Model = "gray-scott", GridSize = 16, Steps = LastStep, StepsPerSecond = 20 };
        await using var one = here.Simulation.StreamSimulationAsync(request).GetAsyncEnumerator();
        var runId = (await one.UntilAsync(i => i.Frame is not null, "a state")).Frame!.Tags!["run_id"];
        await KnownAsync(there, runId);
        await using var two = there.Simulation.StreamSimulationAsync(request).GetAsyncEnumerator();
        var frames = new List<FrameEnvelope>();

        await ReadAsync(two, frames, f => f.State().Step == 12);
        await first.DisposeAsync();
        await ReadAsync(two, frames, f => f.Type == SimulationTypes.Complete);

        Assert.All(frames, f => Assert.Equal(runId, f.Tags!["run_id"]));
        Assert.Equal(Enumerable.Range(1, LastStep + 1).Select(i => (long)i), frames.Select(f => f.Sequence));
        Assert.Equal(Undisturbed(frames[^1]), frames.SkipLast(1).Select(f => f.State()).ToDictionary(s => s.Step, s => s.Checksum));
    }

    // The same recipe, computed at a stretch and without a server.
    private static Dictionary<long, string> Undisturbed(FrameEnvelope last)
    {
        var complete = last.Payload.To(RealtimeJsonContext.Default.SimulationComplete)!;
        var recipe = complete.Recipe;
        var model = SimulationModels.Find(recipe.Model)!;
        var parameters = ParameterSet.Defaults(model).With(recipe.Parameters, isSteering: false, []);
        var simulator = new Simulator(new SimulationRecipe(model, (ulong)recipe.Seed, recipe.GridSize, EdgeKind.Periodic, parameters)
        {
            Events =
            [
                .. recipe.Events.Select(e => new SteeringEvent(e.Step)
                {
                    Parameters = e.Parameters,
                    Spike = e.Spike is { } spike ? new Spike(spike.X, spike.Y, (float)spike.Amount) : null,
                }),
            ],
        });
        var checksums = new Dictionary<long, string>();
        while (simulator.Step < complete.Step)
        {
            simulator.Advance();
            checksums[simulator.Step] = QuantisedField.Checksum(simulator.Fields, model.Observed);
        }

        return checksums;
    }

    private static async Task ReadAsync(IAsyncEnumerator<StreamItem> items, List<FrameEnvelope> frames, Func<FrameEnvelope, bool> isLast)
    {
        do
        {
            frames.Add((await items.UntilAsync(i => i.Frame is not null, "a frame")).Frame!);
        }
        while (!isLast(frames[^1]));
    }

    // What one node tells is heard by the other a moment later, and nothing says when.
    private static async Task KnownAsync(RealtimeClient client, string runId)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(15));
        while ((await client.Simulation.ListRunsAsync(new ListRunsRequest())).All(r => r.RunId != runId))
        {
            await Task.Delay(20, limit.Token);
        }
    }

    private static async Task<RunStatus> EndAsync(RealtimeClient client, string runId)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (true)
        {
            if (await client.Simulation.DescribeRunAsync(runId) is { EndedAt: not null } run)
            {
                return run;
            }

            await Task.Delay(20, limit.Token);
        }
    }

    private static int Port(string endpoint) => int.Parse(endpoint.Split(':')[^1], System.Globalization.CultureInfo.InvariantCulture);

    private Dictionary<string, string?> Settings() => Settings(redis.Server.Endpoint, $"{Guid.NewGuid():N}:");

    private static Dictionary<string, string?> Settings(string endpoint, string prefix)
    {
        var settings = HubNodes.Settings(endpoint, prefix);
        settings["Redis:LeaseTime"] = "00:00:01";
        return settings;
    }
}
