using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace RealtimeHub.Server.Hubs.System;

/// <summary>How often the status is published.</summary>
public sealed class SystemPublishingOptions
{
    /// <summary>The configuration section these options bind to.</summary>
    public const string SectionName = "System";

    /// <summary>The time between two statuses. Default 5 s.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "01:00:00")]
    public TimeSpan Interval { get; set; } = TimeSpan.FromSeconds(5);
}

[OptionsValidator]
internal sealed partial class SystemPublishingOptionsValidator : IValidateOptions<SystemPublishingOptions>;
