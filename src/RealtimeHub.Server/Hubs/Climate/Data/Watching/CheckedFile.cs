namespace RealtimeHub.Server.Hubs.Climate.Data.Watching;

/// <summary>A file of a store that was read: its hash, and whether its content is whole.</summary>
/// <remarks>
/// Decoding: how a chunk was decoded: its size, and whether it was compressed. Other metadata may ask for another judgement.
/// </remarks>
internal sealed record CheckedFile(FileStamp Stamp, byte[] Hash, bool IsWhole, (int Bytes, bool IsCompressed) Decoding);
