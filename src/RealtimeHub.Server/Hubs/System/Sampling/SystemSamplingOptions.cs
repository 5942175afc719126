using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace RealtimeHub.Server.Hubs.System.Sampling;

/// <summary>What is measured, and which services are watched.</summary>
internal sealed class SystemSamplingOptions
{
    /// <summary>The configuration section these options bind to.</summary>
    public const string SectionName = "System";

    /// <summary>What this node calls itself in its status. Default: the machine's name.</summary>
    [Required, StringLength(100, MinimumLength = 1)]
    public string NodeName { get; set; } = Environment.MachineName;

    /// <summary>The command that tells about graphics processors, a path or a name on the search path; empty asks none. Default <c>nvidia-smi</c>.</summary>
    [Required(AllowEmptyStrings = true)]
    public string GpuCommand { get; set; } = "nvidia-smi";

    /// <summary>How long that command may take. Default 2 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "00:00:30")]
    public TimeSpan GpuTimeout { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>The services that are probed. Default none; at most 200.</summary>
    [Required, MaxLength(200), ValidateEnumeratedItems]
    public List<WatchedService> Services { get; set; } = [];
}

[OptionsValidator]
internal sealed partial class SystemSamplingOptionsValidator : IValidateOptions<SystemSamplingOptions>;
