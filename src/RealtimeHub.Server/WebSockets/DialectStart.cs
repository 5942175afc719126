using RealtimeHub.Engine.Plain;
using RealtimeHub.Server.Connections;

namespace RealtimeHub.Server.WebSockets;

/// <summary>An accepted connection on its way to a session.</summary>
/// <param name="Http">The request.</param>
/// <param name="Live">What the server keeps of it.</param>
/// <param name="Socket">The socket.</param>
internal sealed record DialectStart(HttpContext Http, LiveConnection Live, PlainSocket Socket);
