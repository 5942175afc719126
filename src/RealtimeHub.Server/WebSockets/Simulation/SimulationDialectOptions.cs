using System.ComponentModel.DataAnnotations;

namespace RealtimeHub.Server.WebSockets.Simulation;

/// <summary>The routes <c>/ws/stream_features</c>, <c>/ws/simulation_live</c> and <c>/ws/heartbeat</c>.</summary>
public sealed class SimulationDialectOptions
{
    /// <summary>How often the server beats. Default 30 s.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:10:00")]
    public TimeSpan HeartbeatInterval { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>How long a client may leave beats unanswered. Default 60 s.</summary>
    [Range(typeof(TimeSpan), "00:00:02", "00:20:00")]
    public TimeSpan HeartbeatTimeout { get; set; } = TimeSpan.FromSeconds(60);

    /// <summary>How many frames may wait for a client. Default 1,000.</summary>
    [Range(2, 10_000)]
    public int QueueFrames { get; set; } = 1_000;

    /// <summary>What happens beyond: <c>drop_oldest</c> (default), <c>drop_newest</c> or <c>compress</c>.</summary>
    [AllowedValues("drop_oldest", "drop_newest", "compress")]
    public string Backpressure { get; set; } = "drop_oldest";

    /// <summary>Whether any API key is good. Not in Production. Default false.</summary>
    public bool AnyKey { get; set; }
}
