namespace RealtimeHub.Protocol.Simulation;

/// <summary>What a run is made of: everything that its numbers follow from, and its pace.</summary>
public interface IRunParameters
{
    /// <summary>The model: <c>mycelium-turing</c> (default), <c>mycelium</c> or <c>gray-scott</c>.</summary>
    string? Model { get; }

    /// <summary>The seed of all random numbers, 0 or more. Default 42.</summary>
    long? Seed { get; }

    /// <summary>Cells per side, 8 to 1,024. Default 64.</summary>
    int? GridSize { get; }

    /// <summary>How many steps.</summary>
    int? Steps { get; }

    /// <summary>How fast the potential diffuses, 0.05 to below 0.25 cells² per step. Default 0.18.</summary>
    double? Alpha { get; }

    /// <summary>How likely a step begins with a spike, 0 to 1. Default 0.25.</summary>
    double? SpikeProbability { get; }

    /// <summary>Whether activator and inhibitor are at work. Default true.</summary>
    bool? TuringEnabled { get; }

    /// <summary>What lies beyond the edges, from <see cref="EdgeNames"/>. Default <c>periodic</c>.</summary>
    string? Edges { get; }

    /// <summary>Any parameter of the model by its name.</summary>
    IReadOnlyDictionary<string, double>? Parameters { get; }

    /// <summary>Steps per second, 0.1 to 1,000; 0 for as fast as possible, at most 1,000. Default 10.</summary>
    double? StepsPerSecond { get; }
}
