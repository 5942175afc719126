using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;
using RealtimeHub.Server.Hubs.Climate.Data.Clock;

namespace RealtimeHub.Server.Hubs.Climate.Data;

/// <summary>Where fields come from, and how their times are played.</summary>
internal sealed class ClimateDataOptions
{
    /// <summary>The configuration section these options bind to.</summary>
    public const string SectionName = "ClimateData";

    /// <summary>The folders whose <c>*.zarr</c> directories are served; relative ones start at the content root, else beside the server.
    /// Default none, which means the bundled <c>data/climate</c>; at most 16. Of two stores of one name the first folder's is served.</summary>
    [Required, MaxLength(16)]
    public List<string> Folders { get; set; } = [];

    /// <summary>Whether changes are told by the file system; without, only the rescan finds them (some network file systems tell nothing). Default true.</summary>
    public bool WatchFolders { get; set; } = true;

    /// <summary>How often the folders are looked through whatever the file system tells. Default 30 s.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "1.00:00:00")]
    public TimeSpan RescanInterval { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>How many stores are served. Default 100.</summary>
    [Range(1, 10_000)]
    public int MaxStores { get; set; } = 100;

    /// <summary>Decoded bytes of one chunk; a store with larger ones is not served. Default 64 MiB.</summary>
    [Range(1, 1 << 30)]
    public int MaxChunkBytes { get; set; } = 64 << 20;

    /// <summary>How many bytes of decoded time steps are kept, over all stores. Default 64 MiB; 0 keeps none.</summary>
    [Range(0L, 1L << 36)]
    public long CacheBytes { get; set; } = 64L << 20;

    /// <summary>Whether data are replayed or played by the wall clock. Default <see cref="DataClockMode.Auto"/>: by the wall clock where they are current.</summary>
    [EnumDataType(typeof(DataClockMode))]
    public DataClockMode Clock { get; set; } = DataClockMode.Auto;

    /// <summary>How long a replay takes for one hour of data. Default 1 min.</summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "1.00:00:00")]
    public TimeSpan WallTimePerDataHour { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>Whether a replay starts again at its end. Default true.</summary>
    public bool Loop { get; set; } = true;

    /// <summary>The step of the grid that frame times lie on, counted from the first time of the data. Default 1 min of data.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "1.00:00:00")]
    public TimeSpan FrameStep { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>How old the newest time may be for data to count as current. Default 6 h.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "30.00:00:00")]
    public TimeSpan CurrentWithin { get; set; } = TimeSpan.FromHours(6);
}

[OptionsValidator]
internal sealed partial class ClimateDataOptionsValidator : IValidateOptions<ClimateDataOptions>;
