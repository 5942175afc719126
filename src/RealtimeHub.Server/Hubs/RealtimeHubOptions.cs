using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace RealtimeHub.Server.Hubs;

/// <summary>Limits and timings of hub connections.</summary>
public sealed class RealtimeHubOptions
{
    /// <summary>The configuration section these options bind to.</summary>
    public const string SectionName = "Hubs";

    /// <summary>How large one message from a client may be. Default 65,536.</summary>
    [Range(1_024, 16 << 20)]
    public int MaxMessageBytes { get; set; } = 65_536;

    /// <summary>How often the server pings on the protocol's level. Default 15 s.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:05:00")]
    public TimeSpan KeepAliveInterval { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>A client that sends nothing, not even pings, for this long is gone. Default 30 s.</summary>
    [Range(typeof(TimeSpan), "00:00:02", "00:10:00")]
    public TimeSpan ClientTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>Whether a connection to the events hub receives everything that its scopes allow until its first subscribe. Default true.</summary>
    public bool ReceiveAll { get; set; } = true;
}

[OptionsValidator]
internal sealed partial class RealtimeHubOptionsValidator : IValidateOptions<RealtimeHubOptions>;
