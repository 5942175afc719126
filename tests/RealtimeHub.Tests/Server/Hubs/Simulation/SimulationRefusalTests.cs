using System.Text.Json;
using RealtimeHub.Client.Connections;
using RealtimeHub.Protocol.Simulation;
using RealtimeHub.Testing;
using RealtimeHub.Tests.Server.Publishing;

namespace RealtimeHub.Tests.Server.Hubs.Simulation;

public sealed class SimulationRefusalTests(SharedServer shared) : IClassFixture<SharedServer>
{
    [Theory]
    [InlineData("""{"seed":-1}""", "seed", "-1", "0..9223372036854775807")]
    [InlineData("""{"grid_size":7}""", "grid_size", "7", "8..1024")]
    [InlineData("""{"grid_size":1025}""", "grid_size", "1025", "8..1024")]
    [InlineData("""{"grid_size":32.5}""", "grid_size", "32.5", "a whole number")]
    [InlineData("""{"steps":0}""", "steps", "0", "1..1000")]
    [InlineData("""{"steps":1001}""", "steps", "1001", "1..1000")]
    [InlineData("""{"alpha":0.25}""", "alpha", "0.25", "0.05..<0.25")]
    [InlineData("""{"alpha":0.0499}""", "alpha", "0.0499", "0.05..<0.25")]
    [InlineData("""{"spike_probability":1.5}""", "spike_probability", "1.5", "0..1")]
    [InlineData("""{"update_interval_ms":9}""", "update_interval_ms", "9", "10..10000")]
    [InlineData("""{"update_interval_steps":101}""", "update_interval_steps", "101", "1..100")]
    [InlineData("""{"model":"nope"}""", "model", "nope", "mycelium-turing, mycelium, gray-scott")]
    [InlineData("""{"model":"gray-scott","alpha":0.2}""", "alpha", "0.2", "feed, kill, d_u, d_v")]
    [InlineData("""{"model":"mycelium","parameters":{"turing_threshold":-0.1}}""", "turing_threshold", "-0.1", "0.5..0.95")]
    [InlineData("""{"grid_size":1024,"include_full_state":true}""", "encoding", "float32", "uint16, uint8")]
    [InlineData("""{"steps_per_second":2000}""", "steps_per_second", "2000", "0.1..1000")]
    [InlineData("""{"edges":"square"}""", "edges", "square", "periodic, zero_flux, fixed")]
    public async Task P107_a_combination_that_the_engine_refuses_is_refused_at_the_call(string request, string field, string value, string bound)
    {
        await using var probe = await HubProbe.ConnectAsync(shared.Server.Uri, "/hubs/simulation");
        var items = new List<JsonElement>();

        await foreach (var item in probe.StreamAsync("StreamSimulation", JsonDocument.Parse(request).RootElement))
        {
            items.Add(item);
        }

        var error = Assert.Single(items).GetProperty("error");
        Assert.Equal("INVALID_REQUEST", error.GetProperty("code").GetString());
        var first = error.GetProperty("details").GetProperty("errors")[0];
        Assert.Equal((field, value), (first.GetProperty("field").GetString(), first.GetProperty("value").GetString()));
        Assert.Equal(bound, first.GetProperty("bound").GetString());
    }

    public static TheoryData<string> ConfigVectors => new(Runs.Vectors("engine-numerics.json")
        .Where(c => c.GetProperty("kind").GetString() == "engine-config").Select(c => c.GetProperty("id").GetString()!));

    [Theory]
    [MemberData(nameof(ConfigVectors))]
    public async Task P107_engine_settings_are_taken_and_refused_as_documented(string id)
    {
        var test = Runs.Vectors("engine-numerics.json").Single(c => c.GetProperty("id").GetString() == id);
        var (name, value) = (test.GetProperty("parameter").GetString()!, test.GetProperty("value").GetDouble());
        await using var client = shared.Server.Client();
        var request = new StartRunRequest { Model = "mycelium", Steps = 1, StepsPerSecond = 0 };
        request = name == "grid_size" ? request with { GridSize = (int)value } : request with { Parameters = new Dictionary<string, double> { [name] = value } };

        var refusal = await Record.ExceptionAsync(async () => await Runs.EndOfAsync(client.Simulation, (await client.Simulation.StartRunAsync(request)).RunId));

        Assert.Equal(test.GetProperty("expect").GetString() == "reject", refusal is ProtocolErrorException);
    }
}
