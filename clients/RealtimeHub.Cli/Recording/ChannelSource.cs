using System.Runtime.CompilerServices;
using RealtimeHub.Client.Hubs;
using RealtimeHub.Protocol.Climate;
using RealtimeHub.Protocol.Errors;
using RealtimeHub.Protocol.Events;
using RealtimeHub.Protocol.Jobs;
using RealtimeHub.Protocol.Requests;
using RealtimeHub.Protocol.Simulation;
using RealtimeHub.Protocol.Status;
using RealtimeHub.Protocol.Streams;
using RealtimeHub.Protocol.Workspace;

namespace RealtimeHub.Cli.Recording;

/// <summary>Opens any channel by its name, through the hub that serves it.</summary>
internal static class ChannelSource
{
    /// <summary>What names can be given, for help.</summary>
    public const string Names = "events, system, jobs, job:ID, spec:ID, agent:ID, team:ID, simulation:RUN, climate:VARIABLES or drivers:NAMES";

    private const string Kansas = "EPSG:4326";
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(500);
    private static readonly double[] KansasBox = [-101.0, 36.9, -94.6, 40.1];

    /// <exception cref="MisuseException">No hub serves such a channel.</exception>
    public static (HubClient Hub, IAsyncEnumerable<StreamItem> Items) Open(
        CommandContext context, string channel, SourceStart start, CancellationToken cancellationToken)
    {
        var client = context.Client;
        var rest = channel[(channel.IndexOf(':') + 1)..];
        return (channel.Contains(':') ? channel[..channel.IndexOf(':')] : channel) switch
        {
            "events" => (client.Events, client.Events.TailAsync(start.In(new SubscribeEventsRequest { Policy = SlowConsumerPolicies.Lossless }), null, cancellationToken)),
            "system" => (client.System, client.System.TailAsync(start.In(new SubscribeSystemRequest()), null, cancellationToken)),
            "jobs" => (client.Jobs, client.Jobs.TailAsync(start.In(new SubscribeJobsRequest()), null, cancellationToken)),
            "job" => (client.Jobs, OnceThereAsync(
                context, channel, () => client.Jobs.StreamLogsAsync(start.In(new SubscribeJobRequest { JobId = rest }), null, cancellationToken), cancellationToken)),
            "spec" or "agent" or "team" => (client.Workspace, client.Workspace.TailAsync(
                start.In(new SubscribeWorkspaceRequest { Channel = channel, Presence = false }), null, cancellationToken)),
            "simulation" => (client.Simulation, client.Simulation.JoinRunAsync(
                start.In(new JoinRunRequest { RunId = rest, Start = start.IsLive ? "history" : null, Policy = SlowConsumerPolicies.Lossless }), null, cancellationToken)),
            "climate" => (client.Climate, client.Climate.StreamFieldsAsync(
                start.In(new SubscribeFieldsRequest { Variables = rest.Split(','), Domain = Domain() }), null, cancellationToken)),
            "drivers" => (client.Climate, client.Climate.StreamDriversAsync(
                start.In(new SubscribeDriversRequest { Drivers = rest.Split(','), Domain = Domain() }), null, cancellationToken)),
            _ => throw new MisuseException($"'{channel}' cannot be opened by its name; give {Names}."),
        };
    }

    // A recording may begin before its job does.
    private static async IAsyncEnumerable<StreamItem> OnceThereAsync(
        CommandContext context, string channel, Func<IAsyncEnumerable<StreamItem>> open, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        for (var (isThere, isTold) = (false, false); !isThere;)
        {
            await foreach (var item in open().WithCancellation(cancellationToken).ConfigureAwait(false))
            {
                isThere |= item.Error?.Code != ErrorCodes.JobNotFound.Code;
                if (isThere)
                {
                    yield return item;
                }
            }

            if (!isThere)
            {
                if (!isTold)
                {
                    context.Out.Note($"There is no {channel} yet; waiting for it.");
                    isTold = true;
                }

                await Task.Delay(Pause, context.Host.Time, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    private static ClimateDomain Domain() => new() { Crs = Kansas, Bbox = KansasBox };
}
