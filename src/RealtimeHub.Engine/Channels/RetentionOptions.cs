using System.ComponentModel.DataAnnotations;

namespace RealtimeHub.Engine.Channels;

/// <summary>What one family of channels keeps, where it differs from the family's own default.</summary>
public sealed class RetentionOptions
{
    /// <summary>The family's name (<c>events</c>, <c>job</c>).</summary>
    [Required]
    public string Family { get; set; } = "";

    /// <summary>At most this many frames. Default: the family's, mostly 10,000.</summary>
    [Range(2, 10_000_000)]
    public int? MaxFrames { get; set; }

    /// <summary>At most this many bytes. Default: the family's, mostly 16 MiB.</summary>
    [Range(1_024, 1L << 40)]
    public long? MaxBytes { get; set; }

    /// <summary>Nothing older than this. Default: the family's, mostly 24 h.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "3650.00:00:00")]
    public TimeSpan? MaxAge { get; set; }

    internal RetentionLimits Over(RetentionLimits limits) =>
        new(MaxFrames ?? limits.MaxFrames, MaxBytes ?? limits.MaxBytes, MaxAge ?? limits.MaxAge);
}
