using System.Text.Json.Serialization;
using RealtimeHub.Protocol.Simulation;

namespace RealtimeHub.Server.Hubs.Simulation;

/// <summary>What nodes tell one another of a run: exactly one of the members is set.</summary>
/// <param name="RunId">The run.</param>
/// <param name="Node">Who says it.</param>
internal sealed record RunEntry(string RunId, string Node)
{
    public RunRecord? Record { get; init; }

    public RunWatch? Watch { get; init; }

    public RunOrder? Order { get; init; }

    public RunAnswer? Answer { get; init; }

    public RunShown? Shown { get; init; }
}

/// <summary>How many watch a view on one node.</summary>
/// <param name="View">The view.</param>
/// <param name="Viewers">How many.</param>
internal sealed record RunWatch(ViewPlan View, int Viewers);

/// <summary>What somebody wants done to a run that another node computes.</summary>
/// <param name="Kind">From <see cref="RunOrders"/>.</param>
/// <param name="By">Who.</param>
internal sealed record RunOrder(string Kind, string By)
{
    public string Id { get; init; } = "";

    public int Steps { get; init; }

    public IReadOnlyDictionary<string, double>? Parameters { get; init; }

    public SpikeInjection? Spike { get; init; }
}

/// <summary>The answer to an order.</summary>
/// <param name="Id">The order's.</param>
/// <param name="Result">The answer.</param>
internal sealed record RunAnswer(string Id, RunResult Result);

/// <summary>Where the newest state of a view is.</summary>
/// <param name="View">The name of the view.</param>
/// <param name="Epoch">The epoch of its channel; null if it has no state.</param>
/// <param name="BeforeNewest">The offset before the state.</param>
internal sealed record RunShown(string View, string? Epoch, long BeforeNewest);

/// <summary>What can be done to a run.</summary>
internal static class RunOrders
{
    public const string Pause = "pause";
    public const string Resume = "resume";
    public const string Stop = "stop";
    public const string Step = "step";
    public const string Steer = "steer";
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(RunEntry))]
internal sealed partial class RunJsonContext : JsonSerializerContext;
