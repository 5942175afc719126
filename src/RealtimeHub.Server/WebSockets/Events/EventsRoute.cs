using RealtimeHub.Engine.Channels;
using RealtimeHub.Protocol.Channels;

namespace RealtimeHub.Server.WebSockets.Events;

/// <summary>One row of the table of routes.</summary>
/// <param name="Path">The route's pattern.</param>
/// <param name="Scope">What a caller needs.</param>
/// <param name="Patterns">The types that it receives until it asks for others; null for all.</param>
/// <param name="CanFilter">Whether its clients choose what they receive.</param>
/// <param name="Render">A frame as it is sent.</param>
/// <param name="ChannelOf">The channel that a request reads; null if it names none.</param>
internal sealed record EventsRoute(
    string Path, string Scope, string[]? Patterns, bool CanFilter, Func<Frame, EventRendering> Render, Func<HttpContext, ChannelName?> ChannelOf)
{
    /// <summary>Whether late comers want what was before.</summary>
    public bool ReadsFromStart { get; init; }
}
