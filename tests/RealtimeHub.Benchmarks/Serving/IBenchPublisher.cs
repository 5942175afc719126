using Microsoft.AspNetCore.SignalR;

namespace RealtimeHub.Benchmarks.Serving;

/// <summary>Sends frames to every connection of the benchmark, in one of the ways that are compared.</summary>
internal interface IBenchPublisher
{
    /// <summary>Lets a connection receive what is published from now on, or, where frames are kept, from the oldest one.</summary>
    Task JoinAsync(HubCallerContext connection, IGroupManager groups, bool fromOldest);

    /// <summary>Sends a frame; completes when the server lets an application's publisher go on.</summary>
    ValueTask PublishAsync(string payload);
}
