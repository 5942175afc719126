using System.Text;
using RealtimeHub.Engine.Channels;
using RealtimeHub.Protocol.Channels;

namespace RealtimeHub.Benchmarks.Micro;

/// <summary>What the micro-benchmarks publish, and where.</summary>
internal static class BenchEnvelopes
{
    /// <summary>A family whose channel keeps few frames, so that appending also drops.</summary>
    public static ChannelFamily Family { get; } = new()
    {
        Name = "bench",
        Target = "Event",
        Retention = RetentionLimits.Default with { MaxFrames = 1024 },
    };

    /// <summary>Makes an envelope with a payload of so many bytes.</summary>
    public static Envelope Create(int payloadBytes, string? conflationKey = null) => new()
    {
        Type = "alert.created",
        Timestamp = new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero),
        EventId = "0123456789abcdef",
        Tags = new Dictionary<string, string> { ["severity"] = "high", ["site"] = "north" },
        Payload = JsonPayload.FromValidUtf8(Encoding.UTF8.GetBytes('"' + new string('x', payloadBytes - 2) + '"')),
        ConflationKey = conflationKey,
    };
}
