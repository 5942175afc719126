using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace RealtimeHub.Server.Publishing;

/// <summary>Limits of publishing.</summary>
public sealed class PublishingOptions
{
    /// <summary>The configuration section these options bind to.</summary>
    public const string SectionName = "Publishing";

    /// <summary>How many publish requests and calls one key may make in a minute. Default 6,000.</summary>
    [Range(1, 10_000_000)]
    public int RequestsPerMinute { get; set; } = 6_000;

    /// <summary>How large one event may be. Default 65,536.</summary>
    [Range(1_024, 1_048_576)]
    public int MaxEventBytes { get; set; } = 65_536;

    /// <summary>How large the body of one request may be. Default 4 MiB.</summary>
    [Range(1_024, 64 << 20)]
    public int MaxBodyBytes { get; set; } = 4 << 20;

    /// <summary>How many events one request may carry. Default 1,000.</summary>
    [Range(1, 10_000)]
    public int MaxBatchEvents { get; set; } = 1_000;
}

[OptionsValidator]
internal sealed partial class PublishingOptionsValidator : IValidateOptions<PublishingOptions>;
