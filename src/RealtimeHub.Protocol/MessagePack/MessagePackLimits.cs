namespace RealtimeHub.Protocol.MessagePack;

/// <summary>What is refused when it is read, whatever its size.</summary>
/// <param name="MaxDepth">How deep arrays and maps may nest.</param>
/// <param name="MaxLength">How many bytes a text or a block of bytes may have.</param>
/// <param name="MaxCount">How many items an array or a map may have.</param>
internal readonly record struct MessagePackLimits(int MaxDepth, int MaxLength, int MaxCount);
