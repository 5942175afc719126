using System.Globalization;
using System.Text;
using System.Text.Json;
using RealtimeHub.Engine.Channels;
using RealtimeHub.Protocol.Json;
using RealtimeHub.Protocol.Numerics;
using RealtimeHub.Protocol.Simulation;

namespace RealtimeHub.Server.WebSockets.Simulation;

/// <summary>What all viewers of a run's frame are told alike, encoded once: the members that follow a stream's own.</summary>
/// <param name="Type">The type of the message; null for frames that the dialect has no word for.</param>
/// <param name="Tail">The rest of the message behind the stream's own members, both closing braces included.</param>
internal sealed record SimulationRendering(string? Type, byte[] Tail)
{
    // One instance is the key under which a frame keeps its rendering.
    public static Func<Frame, SimulationRendering> Make { get; } = Of;

    // A documented state has these; all others are metrics.
    private static readonly HashSet<string> StateNames = ["pot_mean_mV", "pot_std_mV", "pot_min_mV", "pot_max_mV", "active_nodes"];

    private const string MeanName = "pot_mean_mV";

    private static SimulationRendering Of(Frame frame)
    {
        var envelope = frame.Envelope!;
        var time = envelope.Timestamp.ToUnixTimeMilliseconds();
        return envelope.Type switch
        {
            SimulationTypes.FeatureUpdate => Finish(envelope.Type, time, writer =>
                Numbers(writer, "features", envelope.Payload.To(RealtimeJsonContext.Default.FeatureUpdate)!.Features)),
            SimulationTypes.State => Finish(envelope.Type, time, writer => State(
                writer, envelope.Payload.To(RealtimeJsonContext.Default.SimulationState)!, envelope.Blocks?.GetValueOrDefault(SimulationState.FieldBlock))),
            SimulationTypes.Complete => Finish(envelope.Type, time, writer => Complete(writer, envelope.Payload.To(RealtimeJsonContext.Default.SimulationComplete)!)),
            _ => new SimulationRendering(null, []),
        };
    }

    private static SimulationRendering Finish(string type, long time, Action<Utf8JsonWriter> write)
    {
        var json = DialectJson.Write(writer =>
        {
            writer.WriteStartObject();
            write(writer);
            writer.WriteNumber("timestamp", time);
            writer.WriteEndObject();
        });
        return new SimulationRendering(type, [.. json.AsSpan(1), .. Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $",\"timestamp\":{time}}}"))]);
    }

    private static void State(Utf8JsonWriter writer, SimulationState state, FloatBlock? field)
    {
        writer.WriteNumber("step", state.Step);
        if (state.TotalSteps is { } total)
        {
            writer.WriteNumber("total_steps", total);
        }

        writer.WriteStartObject("state");
        foreach (var (name, value) in state.Metrics.Where(m => StateNames.Contains(m.Key)))
        {
            writer.WriteNumber(name, value);
        }

        if (field is not null)
        {
            writer.WriteStartArray("field_shape");
            foreach (var size in field.Shape)
            {
                writer.WriteNumberValue(size);
            }

            writer.WriteEndArray();
            if (state.Metrics.TryGetValue(MeanName, out var mean))
            {
                writer.WriteNumber("field_mean", mean / 1_000);
            }

            writer.WritePropertyName("field");
            JsonSerializer.Serialize(writer, field, RealtimeJson.Options);
        }

        writer.WriteEndObject();
        writer.WriteStartObject("metrics");
        foreach (var (name, value) in state.Metrics)
        {
            writer.WriteNumber(name, value);
        }

        writer.WriteNumber("growth_events", state.GrowthEvents);
        writer.WriteEndObject();
        writer.WriteString("checksum", state.Checksum);
    }

    private static void Complete(Utf8JsonWriter writer, SimulationComplete complete)
    {
        writer.WriteStartObject("final_metrics");
        writer.WriteNumber("growth_events", complete.GrowthEvents);
        foreach (var (name, value) in complete.FinalMetrics)
        {
            writer.WriteNumber(name, value);
        }

        writer.WriteEndObject();
        writer.WriteNumber("step", complete.Step);
        writer.WriteString("state", complete.State);
        writer.WriteString("checksum", complete.Checksum);
    }

    private static void Numbers(Utf8JsonWriter writer, string name, IReadOnlyDictionary<string, double> numbers)
    {
        writer.WriteStartObject(name);
        foreach (var (key, value) in numbers)
        {
            writer.WriteNumber(key, value);
        }

        writer.WriteEndObject();
    }
}
