using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace RealtimeHub.Server.Policy;

/// <summary>The policy file, and the numbers that its rules leave open.</summary>
internal sealed class CareOptions
{
    /// <summary>The configuration section these options bind to.</summary>
    public const string SectionName = "Policy";

    /// <summary>The GeoJSON file of protected areas; a relative one starts at the content root, else beside the server. Default the bundled one.</summary>
    [Required]
    public string File { get; set; } = "data/policy/protected-areas.geojson";

    /// <summary>Whether changes are told by the file system; without, only the rescan finds them. Default true.</summary>
    public bool WatchFile { get; set; } = true;

    /// <summary>How often the file is looked at whatever the file system tells. Default 30 s.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "1.00:00:00")]
    public TimeSpan RescanInterval { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>How many points of the source every delivered cell holds at least. Default 3.</summary>
    [Range(2, 1_000)]
    public int MinPointsPerCell { get; set; } = 3;

    /// <summary>The H3 resolution of the cells that are concealed where a deny rule names none. Default 5.</summary>
    [Range(0, 9)]
    public int DenyResolution { get; set; } = 5;

    /// <summary>The largest zoom of tiles, anywhere. Default 15; beyond 16 nothing is public.</summary>
    [Range(0, 16)]
    public int MaxZoom { get; set; } = 15;

    /// <summary>The largest zoom that viewers are told. Default 15; never above <see cref="MaxZoom"/>.</summary>
    [Range(0, 16)]
    public int ViewerMaxZoom { get; set; } = 15;

    /// <summary>Variables that count <see cref="SensitiveWeight"/> times in the quota. Default soil_moisture and landcover.</summary>
    [Required, MaxLength(100)]
    public string[] SensitiveVariables { get; set; } = ["soil_moisture", "landcover"];

    /// <summary>What a sensitive variable weighs. Default 10.</summary>
    [Range(1.0, 1_000.0)]
    public double SensitiveWeight { get; set; } = 10;

    /// <summary>What a place weighs that meets a protected area. Default 4.</summary>
    [Range(1.0, 1_000.0)]
    public double ProtectedPlaceWeight { get; set; } = 4;

    /// <summary>The quota of each rate class, in km² × variables per second; a class that is not listed has the smallest. Default 4,000,000 for <c>standard</c>.</summary>
    [Required, MaxLength(100)]
    public Dictionary<string, double> Quotas { get; set; } = new() { ["standard"] = 4_000_000 };

    /// <summary>The secret of the displacement of points, at least 16 characters; without it no protected point is shown at all. Never in a file under version control.</summary>
    [StringLength(1_000, MinimumLength = 16)]
    public string? DisplacementSecret { get; set; }
}

[OptionsValidator]
internal sealed partial class CareOptionsValidator : IValidateOptions<CareOptions>;
