namespace RealtimeHub.Protocol.Simulation;

/// <summary>Changes a run before its next step. The change is kept in the run's recipe.</summary>
public sealed record SteerRunRequest : RunRequest
{
    /// <summary>The feed of gray-scott.</summary>
    public double? Feed { get; init; }

    /// <summary>The kill of gray-scott.</summary>
    public double? Kill { get; init; }

    /// <summary>How fast the potential diffuses.</summary>
    public double? Alpha { get; init; }

    /// <summary>The threshold of the activator (<c>turing_threshold</c>).</summary>
    public double? Threshold { get; init; }

    /// <summary>Any parameter that can be steered, by its name.</summary>
    public IReadOnlyDictionary<string, double>? Parameters { get; init; }

    /// <summary>A spike to inject.</summary>
    public SpikeInjection? Spike { get; init; }
}
