namespace RealtimeHub.Engine.Channels;

/// <summary>What became of an append.</summary>
/// <param name="Status">Whether it was done.</param>
/// <param name="Epoch">The epoch of the log.</param>
/// <param name="Entries">One entry per envelope, in order.</param>
/// <param name="IsRepeat">Whether this repeats the answer to an earlier append with the same idempotency key.</param>
public readonly record struct AppendResult(AppendStatus Status, string Epoch, IReadOnlyList<AppendEntry> Entries, bool IsRepeat = false);
