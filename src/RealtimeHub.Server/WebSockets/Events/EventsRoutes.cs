using RealtimeHub.Engine.Channels;
using RealtimeHub.Protocol.Channels;
using RealtimeHub.Server.Auth;
using RealtimeHub.Server.Hubs.Events;
using RealtimeHub.Server.Hubs.System;

namespace RealtimeHub.Server.WebSockets.Events;

/// <summary>The table of the routes of the events dialect.</summary>
internal static class EventsRoutes
{
    // One instance for all routes, so that a frame is rendered once for all of them.
    private static readonly Func<Frame, EventRendering> Event = EventRenderings.Event;

    public static IReadOnlyList<EventsRoute> All(SystemRendering system) =>
    [
        new("/ws/events", Scopes.EventsRead, null, true, Event, _ => EventsFamily.Channel),
        new("/ws/detections", Scopes.EventsRead, ["detection.*"], true, Event, _ => EventsFamily.Channel),
        new("/ws/system", Scopes.SystemRead, null, false, system.Status, _ => SystemFamily.Channel),
        new("/ws/jobs/{job_id}/logs", Scopes.JobsRead, ["job.log"], false, EventRenderings.Log, JobOf) { ReadsFromStart = true },
    ];

    private static ChannelName? JobOf(HttpContext context) =>
        ChannelName.TryParse($"job:{context.Request.RouteValues["job_id"]}", out var channel, out _) ? channel : null;
}
