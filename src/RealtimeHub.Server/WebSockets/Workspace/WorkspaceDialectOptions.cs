using System.ComponentModel.DataAnnotations;

namespace RealtimeHub.Server.WebSockets.Workspace;

/// <summary>The route <c>/ws</c>.</summary>
public sealed class WorkspaceDialectOptions
{
    /// <summary>How often a connection is pinged on the protocol's level. Default 15 s.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:10:00")]
    public TimeSpan HeartbeatInterval { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>How long a client may be silent; longer than the interval. Default 30 s.</summary>
    [Range(typeof(TimeSpan), "00:00:02", "00:20:00")]
    public TimeSpan HeartbeatTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>How many bytes a message may have. Default 16,384.</summary>
    [Range(1_024, 1_048_576)]
    public int MaxMessageBytes { get; set; } = 16_384;
}
