using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace RealtimeHub.Server.Lifecycle;

/// <summary>How the server goes.</summary>
public sealed class DrainOptions
{
    /// <summary>The configuration section these options bind to.</summary>
    public const string SectionName = "Drain";

    /// <summary>How long it waits after it is no longer ready, so that balancers send newcomers elsewhere. Default 5 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:05:00")]
    public TimeSpan Delay { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>Over which time its clients are told to come back. Default 10 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:10:00")]
    public TimeSpan Spread { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>When it ends whatever still goes on. Default 30 s.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:30:00")]
    public TimeSpan HardStop { get; set; } = TimeSpan.FromSeconds(30);
}

[OptionsValidator]
internal sealed partial class DrainOptionsValidator : IValidateOptions<DrainOptions>;
