using System.ComponentModel.DataAnnotations;

namespace RealtimeHub.Server.WebSockets.Events;

/// <summary>The routes <c>/ws/events</c>, <c>/ws/detections</c>, <c>/ws/system</c> and <c>/ws/jobs/{job_id}/logs</c>.</summary>
public sealed class EventsDialectOptions
{
    /// <summary>How often a connection is pinged. Default 30 s.</summary>
    [Range(typeof(TimeSpan), "00:00:05", "00:02:00")]
    public TimeSpan PingInterval { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>How long a client may say nothing. Default 300 s.</summary>
    [Range(typeof(TimeSpan), "00:00:30", "01:00:00")]
    public TimeSpan IdleTimeout { get; set; } = TimeSpan.FromSeconds(300);

    /// <summary>How many characters a message may have. Default 65,536.</summary>
    [Range(1_024, 1_048_576)]
    public int MaxMessageChars { get; set; } = 65_536;

    /// <summary>The form of messages where the URL names none. Default <see cref="MessageForm.Json"/>.</summary>
    public MessageForm DefaultForm { get; set; } = MessageForm.Json;

    /// <summary>Whether anything is compressed. Default true.</summary>
    public bool Compression { get; set; } = true;

    /// <summary>From how many bytes on a message is compressed, on connections that ask for it. Default 1,024.</summary>
    [Range(0, 1_048_576)]
    public int CompressionThreshold { get; set; } = 1_024;

    /// <summary>How hard is tried, 1 to 9. Default 6.</summary>
    [Range(1, 9)]
    public int CompressionLevel { get; set; } = 6;

    /// <summary>How long messages of <see cref="BatchChannels"/> are gathered. Default 100 ms.</summary>
    [Range(typeof(TimeSpan), "00:00:00.010", "00:00:05")]
    public TimeSpan BatchInterval { get; set; } = TimeSpan.FromMilliseconds(100);

    /// <summary>How many messages one batch has at most. Default 50.</summary>
    [Range(1, 500)]
    public int BatchMaxMessages { get; set; } = 50;

    /// <summary>Whether messages are gathered at all. Default true.</summary>
    public bool Batching { get; set; } = true;

    /// <summary>The channels of the event registry whose messages are gathered. Default <c>detections</c> and <c>alerts</c>.</summary>
    public string[]? BatchChannels { get; set; }

    /// <summary>Whether a connection without a credential may give one in its first message. Default false.</summary>
    public bool FirstMessageAuth { get; set; }

    /// <summary>How long it may take to give one. Default 5 s.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:01:00")]
    public TimeSpan FirstMessageTimeout { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>Whether anybody may read these routes. Not in Production. Default false.</summary>
    public bool Anonymous { get; set; }
}
