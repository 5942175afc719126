using System.ComponentModel.DataAnnotations;

namespace RealtimeHub.Server.Hubs.System.Sampling;

/// <summary>One service that is probed by HTTP.</summary>
internal sealed class WatchedService
{
    /// <summary>What it is called in statuses; unique, in any case. 1 to 100 characters.</summary>
    [Required, StringLength(100, MinimumLength = 1)]
    public string Name { get; set; } = "";

    /// <summary>Where it tells that it is healthy: an absolute http or https URL. A user and password in it are sent, and shown nowhere.</summary>
    [Required]
    public string Url { get; set; } = "";

    /// <summary>The time between two probes. Default 30 s.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "01:00:00")]
    public TimeSpan Interval { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>How long it may take to answer. Default 5 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "00:01:00")]
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(5);
}
