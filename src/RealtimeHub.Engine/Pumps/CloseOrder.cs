using RealtimeHub.Protocol.Errors;

namespace RealtimeHub.Engine.Pumps;

/// <summary>An order to a pump to end its connection.</summary>
/// <param name="Reason">Why.</param>
/// <param name="Message">A sentence for people.</param>
/// <param name="RetryAfterMs">When to come back.</param>
/// <param name="IsPatient">Whether what is waiting is delivered first.</param>
internal sealed record CloseOrder(CloseReason Reason, string Message, long? RetryAfterMs, bool IsPatient = false);
