using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace RealtimeHub.Server.Provenance;

/// <summary>How much lineage is kept.</summary>
internal sealed class ProvenanceOptions
{
    /// <summary>The configuration section these options bind to.</summary>
    public const string SectionName = "Provenance";

    /// <summary>How many activities are kept; the oldest go. Default 20,000.</summary>
    [Range(16, 10_000_000)]
    public int MaxActivities { get; set; } = 20_000;

    /// <summary>How many STAC items are kept; the oldest go. Default 20,000.</summary>
    [Range(16, 10_000_000)]
    public int MaxItems { get; set; } = 20_000;

    /// <summary>How many sessions are kept; the oldest go. Default 2,000.</summary>
    [Range(16, 1_000_000)]
    public int MaxSessions { get; set; } = 2_000;

    /// <summary>The version of STAC that items are written in: 1.0.0 or 1.1.0. Default 1.0.0.</summary>
    [Required, AllowedValues("1.0.0", "1.1.0")]
    public string StacVersion { get; set; } = "1.0.0";

    /// <summary>What the data are collected and shown for, a reference; without it items say <c>CARE_FAIL_COLLECTIVE_BENEFIT</c>. Default: the bundled data's purpose.</summary>
    [StringLength(500)]
    public string? PurposeRef { get; set; } = "urn:kfm:purpose:weather-and-hazard-awareness";

    /// <summary>How to reach who answers for the data; without it items say <c>CARE_FAIL_RESPONSIBILITY</c>. Default none: only the operator knows.</summary>
    [StringLength(500)]
    public string? StewardContact { get; set; }
}

[OptionsValidator]
internal sealed partial class ProvenanceOptionsValidator : IValidateOptions<ProvenanceOptions>;
