using RealtimeHub.Protocol.Errors;

namespace RealtimeHub.Protocol.Notices;

/// <summary>Something went wrong that no call can answer.</summary>
/// <param name="Ref">The subscription id it is about, if any.</param>
/// <param name="Error">What it is.</param>
public sealed record ErrorNotice(string? Ref, ProtocolError Error);
