using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace RealtimeHub.Server.Hubs.Climate;

/// <summary>What may be asked of the climate hub, and how much of it.</summary>
internal sealed class ClimateHubOptions
{
    /// <summary>The configuration section these options bind to.</summary>
    public const string SectionName = "Climate";

    /// <summary>The source of requests that name none. Default <c>kansas-ruc13-20050807</c>.</summary>
    [Required]
    public string DefaultSource { get; set; } = "kansas-ruc13-20050807";

    /// <summary>Variables that may be asked for; <c>t</c> allows <c>t850</c>, too. Default none, which means <see cref="ClimateDefaults.Variables"/>.</summary>
    [MaxLength(1_000)]
    public string[] Variables { get; set; } = [];

    /// <summary>Drivers that may be asked for. Default none, which means all that can be computed.</summary>
    [MaxLength(1_000)]
    public string[] Drivers { get; set; } = [];

    /// <summary>Explanation methods that may be asked for. Default none, which means <c>shap</c> and <c>ig</c>.</summary>
    [MaxLength(10)]
    public string[] Methods { get; set; } = [];

    /// <summary>Time modes that are served. Default none, which means all three.</summary>
    [MaxLength(3)]
    public string[] TimeModes { get; set; } = [];

    /// <summary>The western edge of what is served; boxes lie within the four. Default −102.6: Kansas with a margin, as far as the bundled source goes.</summary>
    [Range(-180.0, 180.0)]
    public double West { get; set; } = -102.6;

    /// <summary>The southern edge. Default 36.4.</summary>
    [Range(-90.0, 90.0)]
    public double South { get; set; } = 36.4;

    /// <summary>The eastern edge. Default −93.9.</summary>
    [Range(-180.0, 180.0)]
    public double East { get; set; } = -93.9;

    /// <summary>The northern edge. Default 40.6.</summary>
    [Range(-90.0, 90.0)]
    public double North { get; set; } = 40.6;

    /// <summary>The largest box, in square degrees. Default 40.</summary>
    [Range(0.01, 64_800.0)]
    public double MaxBoxSquareDegrees { get; set; } = 40;

    /// <summary>The most cells of a frame's grid. Default 20,000.</summary>
    [Range(1, 10_000_000)]
    public int MaxCells { get; set; } = 20_000;

    /// <summary>The most numbers of a frame: cells × levels × variables. Default 200,000.</summary>
    [Range(1, 100_000_000)]
    public int MaxNumbers { get; set; } = 200_000;

    /// <summary>The most variables of a request. Default 12.</summary>
    [Range(1, 1_000)]
    public int MaxVariables { get; set; } = 12;

    /// <summary>The most drivers of a request. Default 26, which is all.</summary>
    [Range(1, 1_000)]
    public int MaxDrivers { get; set; } = 26;

    /// <summary>The most cells of an explanation. Default 2,000.</summary>
    [Range(1, 1_000_000)]
    public int MaxExplainedCells { get; set; } = 2_000;

    /// <summary>The shortest time between frames. Default 1 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "1.00:00:00")]
    public TimeSpan MinInterval { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>The longest time between frames. Default 1 d.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "30.00:00:00")]
    public TimeSpan MaxInterval { get; set; } = TimeSpan.FromDays(1);

    /// <summary>The time between frames of fields and tiles where none is asked for. Default 60 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "30.00:00:00")]
    public TimeSpan FieldInterval { get; set; } = TimeSpan.FromSeconds(60);

    /// <summary>The time between frames of drivers and explanations where none is asked for. Default 300 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "30.00:00:00")]
    public TimeSpan DriverInterval { get; set; } = TimeSpan.FromSeconds(300);

    /// <summary>How far before the newest time of a source history may begin. Default 30 d.</summary>
    [Range(typeof(TimeSpan), "00:01:00", "36500.00:00:00")]
    public TimeSpan LookBack { get; set; } = TimeSpan.FromDays(30);

    /// <summary>How many explanations one connection may follow. Default 4.</summary>
    [Range(1, 1_000)]
    public int MaxXaiPerConnection { get; set; } = 4;

    /// <summary>How many tiles one connection may follow. Default 64.</summary>
    [Range(1, 1_000)]
    public int MaxTilesPerConnection { get; set; } = 64;

    /// <summary>The finest zoom of tiles; the policy may have a lower ceiling. Default 12.</summary>
    [Range(0, 22)]
    public int MaxTileZoom { get; set; } = 12;

    /// <summary>How many climate channels are kept at once. Default 2,000.</summary>
    [Range(1, 1_000_000)]
    public int MaxChannels { get; set; } = 2_000;

    /// <summary>How long a channel without readers keeps its place. Default 1 min.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "1.00:00:00")]
    public TimeSpan IdleChannelTime { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>How many whole grids are remembered. Default 64.</summary>
    [Range(1, 10_000)]
    public int CachedGrids { get; set; } = 64;

    /// <summary>How many frames a subscription may lag before its frames become fewer; at twice that it is moved to the coarser channel. Default 4.</summary>
    [Range(2, 1_000)]
    public int MaxLagFrames { get; set; } = 4;

    /// <summary>Energy per second of measured processor time, for the estimate in the telemetry. Default 10 W: a share of a server processor's 200 W over 20 cores.</summary>
    [Range(0.1, 1_000.0)]
    public double WattsPerCore { get; set; } = 10;

    /// <summary>Carbon dioxide per energy, for the estimate in the telemetry. Default 400 g/kWh, about the mean of grids worldwide.</summary>
    [Range(0.0, 10_000.0)]
    public double GramsCo2PerKwh { get; set; } = 400;
}

[OptionsValidator]
internal sealed partial class ClimateHubOptionsValidator : IValidateOptions<ClimateHubOptions>;
