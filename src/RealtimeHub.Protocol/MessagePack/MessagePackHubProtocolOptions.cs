using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using RealtimeHub.Protocol.Json;

namespace RealtimeHub.Protocol.MessagePack;

/// <summary>How the MessagePack hub protocol spells values, and what it refuses to read.</summary>
public sealed class MessagePackHubProtocolOptions
{
    /// <summary>The contract of everything that is read and written. Default: the wire's own.</summary>
    public JsonSerializerOptions PayloadSerializerOptions { get; set; } = RealtimeJson.Options;

    /// <summary>How deep arrays and maps of one message may nest, 8 to 256. Default 64, as in JSON.</summary>
    [Range(8, 256)]
    public int MaxDepth { get; set; } = 64;

    /// <summary>How many bytes one text or one block of bytes may have, 1,024 to 1,073,741,824. Default 67,108,864.</summary>
    [Range(1024, 1 << 30)]
    public int MaxLength { get; set; } = 1 << 26;

    /// <summary>How many items one array or one map may have, 1,024 to 16,777,216. Default 1,048,576.</summary>
    [Range(1024, 1 << 24)]
    public int MaxCount { get; set; } = 1 << 20;

    internal MessagePackLimits Limits => new(MaxDepth, MaxLength, MaxCount);
}
