using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace RealtimeHub.Engine.Acks;

/// <summary>When frames that require acknowledgement come again.</summary>
public sealed class AckOptions
{
    /// <summary>The configuration section these options bind to.</summary>
    public const string SectionName = "Acks";

    /// <summary>The time to the first redelivery; it doubles with each. Default 1 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "00:10:00")]
    public TimeSpan BaseDelay { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>The longest time between redeliveries. Default 30 s. To each delay come 10 to 30 % at random.</summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "01:00:00")]
    public TimeSpan MaxDelay { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>How often a frame comes again before it is escalated. Default 8.</summary>
    [Range(1, 100)]
    public int MaxRedeliveries { get; set; } = 8;

    /// <summary>How many frames may wait for one consumer; beyond that the oldest is escalated. Default 1,000.</summary>
    [Range(1, 100_000)]
    public int MaxUnacknowledged { get; set; } = 1_000;

    /// <summary>How many consumers one user may have. Default 100.</summary>
    [Range(1, 10_000)]
    public int MaxConsumersPerUser { get; set; } = 100;

    /// <summary>How long a consumer outlives its last connection. Default 24 h.</summary>
    [Range(typeof(TimeSpan), "00:01:00", "30.00:00:00")]
    public TimeSpan ConsumerLifetime { get; set; } = TimeSpan.FromHours(24);
}

[OptionsValidator]
internal sealed partial class AckOptionsValidator : IValidateOptions<AckOptions>;
