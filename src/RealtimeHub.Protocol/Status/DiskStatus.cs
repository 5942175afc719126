namespace RealtimeHub.Protocol.Status;

/// <summary>One disk, in bytes.</summary>
/// <param name="Path">Where it is mounted.</param>
/// <param name="TotalBytes">Its size.</param>
/// <param name="FreeBytes">What this process may still use.</param>
public sealed record DiskStatus(string Path, long TotalBytes, long FreeBytes);
