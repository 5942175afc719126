using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace RealtimeHub.Server.Hubs.Events.SampleEvents;

/// <summary>Sample events for a first look; off by default, on in Development.</summary>
public sealed class SampleDataOptions
{
    /// <summary>The configuration section these options bind to.</summary>
    public const string SectionName = "SampleData";

    /// <summary>Whether sample events are published. Default false.</summary>
    public bool Enabled { get; set; }

    /// <summary>The seed: the same household every time. Default 42.</summary>
    public ulong Seed { get; set; } = 42;

    /// <summary>How many times faster than life. Default 1.</summary>
    [Range(0.1, 1000)]
    public double Speed { get; set; } = 1;
}

[OptionsValidator]
internal sealed partial class SampleDataOptionsValidator : IValidateOptions<SampleDataOptions>;
