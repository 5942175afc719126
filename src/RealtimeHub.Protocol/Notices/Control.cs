using RealtimeHub.Protocol.Errors;

namespace RealtimeHub.Protocol.Notices;

/// <summary>The last message before the server closes the connection: why, and whether to come back.</summary>
/// <param name="Code">From <see cref="CloseReasons"/>.</param>
/// <param name="Reason">A sentence for people.</param>
/// <param name="Reconnect">Whether the client should connect again.</param>
/// <param name="RetryAfterMs">When to come back, in milliseconds; absent where the client's own backoff will do.</param>
public sealed record Control(string Code, string Reason, bool Reconnect, long? RetryAfterMs = null);
