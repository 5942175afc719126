using System.Text.Json;
using RealtimeHub.Client.Hubs;
using RealtimeHub.Protocol.Channels;
using RealtimeHub.Protocol.Json;
using RealtimeHub.Protocol.Simulation;
using RealtimeHub.Protocol.Streams;

namespace RealtimeHub.Tests.Server.Hubs.Simulation;

/// <summary>What tests of simulations have in common.</summary>
internal static class Runs
{
    /// <summary>A quick run of a few steps.</summary>
    public static StreamSimulationRequest Quick { get; } = new() { GridSize = 16, Steps = 10, StepsPerSecond = 0 };

    public static async Task<List<StreamItem>> ReadAsync(this IAsyncEnumerable<StreamItem> items)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        var all = new List<StreamItem>();
        await foreach (var item in items.WithCancellation(limit.Token))
        {
            all.Add(item);
        }

        return all;
    }

    /// <summary>Reads until an item is the one that is waited for.</summary>
    public static async Task<StreamItem> UntilAsync(this IAsyncEnumerator<StreamItem> items, Func<StreamItem, bool> isWanted, string what)
    {
        try
        {
            while (await items.MoveNextAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(15)))
            {
                if (isWanted(items.Current))
                {
                    return items.Current;
                }
            }
        }
        catch (TimeoutException)
        {
            throw new TimeoutException($"Waited for {what}.");
        }

        throw new InvalidOperationException($"The stream ended before {what}.");
    }

    public static IEnumerable<SimulationState> States(this IEnumerable<StreamItem> items) =>
        items.Where(i => i.Frame?.Type == SimulationTypes.State).Select(i => i.Frame!.State());

    public static SimulationState State(this FrameEnvelope frame) => frame.Payload.To(RealtimeJsonContext.Default.SimulationState)!;

    public static SimulationComplete Complete(this IEnumerable<StreamItem> items) =>
        items.Single(i => i.Frame?.Type == SimulationTypes.Complete).Frame!.Payload.To(RealtimeJsonContext.Default.SimulationComplete)!;

    public static async Task<RunStatus> EndOfAsync(SimulationClient client, string runId)
    {
        // The last frame of its own channel says that it has ended.
        await client.JoinRunAsync(new JoinRunRequest { RunId = runId, Start = "history" }).ReadAsync();
        return await client.DescribeRunAsync(runId);
    }

    public static JsonElement[] Vectors(string file)
    {
        using var document = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "vectors", "mfn", file)));
        return [.. document.RootElement.GetProperty("cases").EnumerateArray().Select(c => c.Clone())];
    }
}
