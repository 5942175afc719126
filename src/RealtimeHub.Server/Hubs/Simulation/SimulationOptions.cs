using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace RealtimeHub.Server.Hubs.Simulation;

/// <summary>Caps and habits of simulations.</summary>
public sealed class SimulationOptions
{
    /// <summary>The configuration section these options bind to.</summary>
    public const string SectionName = "Simulation";

    /// <summary>How many runs may be at work. Default 64.</summary>
    [Range(1, 10_000)]
    public int MaxRuns { get; set; } = 64;

    /// <summary>How many runs of one user may be at work. Default 8.</summary>
    [Range(1, 10_000)]
    public int MaxRunsPerUser { get; set; } = 8;

    /// <summary>How many cells all runs together may have. Default 16,777,216.</summary>
    [Range(64, 1L << 40)]
    public long MaxCells { get; set; } = 1L << 24;

    /// <summary>How many cells the runs of one user together may have. Default 4,194,304.</summary>
    [Range(64, 1L << 40)]
    public long MaxCellsPerUser { get; set; } = 1L << 22;

    /// <summary>How many steps per second all runs together may ask for. Default 10,000.</summary>
    [Range(1.0, 1e9)]
    public double MaxStepsPerSecond { get; set; } = 10_000;

    /// <summary>How many steps per second the runs of one user together may ask for. Default 2,000.</summary>
    [Range(1.0, 1e9)]
    public double MaxStepsPerSecondPerUser { get; set; } = 2_000;

    /// <summary>A run that nobody has watched for this long stops. Default 60 s.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "1.00:00:00")]
    public TimeSpan IdleTimeout { get; set; } = TimeSpan.FromSeconds(60);

    /// <summary>How many runs that have ended are remembered. Default 200.</summary>
    [Range(0, 100_000)]
    public int MaxEndedRuns { get; set; } = 200;

    /// <summary>How many cells of the last fields of runs that have ended are kept, four bytes each; beyond that the oldest run's is forgotten. Default 4,194,304.</summary>
    [Range(0, 1L << 32)]
    public long MaxEndedCells { get; set; } = 1L << 22;

    /// <summary>How many threads one run may use. Default: one per processor.</summary>
    [Range(1, 256)]
    public int? Threads { get; set; }
}

[OptionsValidator]
internal sealed partial class SimulationOptionsValidator : IValidateOptions<SimulationOptions>;
