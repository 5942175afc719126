using System.Diagnostics.CodeAnalysis;
using System.Threading.Channels;
using Microsoft.Extensions.Options;
using RealtimeHub.Server.Auth;
using RealtimeHub.Server.Hubs.Climate.Requests;

namespace RealtimeHub.Server.Hubs.Climate.Channels;

/// <summary>Makes the tiles around viewports before anybody asks for them, so that a map that is moved finds them made. Thread-safe.</summary>
/// <remarks>What is in its queue is done while nothing else is, and when there is too much the oldest is left out.</remarks>
internal sealed class TilePrefetch(ClimatePlanner planner, ClimateChannelTable table, FrameMaker maker, ClimateMetrics metrics, IOptions<ClimateHubOptions> options)
{
    private const int MaxWaiting = 256;

    private readonly Channel<(ClimateAsk Ask, Principal Principal)> _waiting =
        Channel.CreateBounded<(ClimateAsk, Principal)>(new BoundedChannelOptions(MaxWaiting) { FullMode = BoundedChannelFullMode.DropOldest });

    /// <summary>Has a tile made for whoever sees what this principal sees, some time.</summary>
    public void Add(ClimateAsk ask, Principal principal) => _waiting.Writer.TryWrite((ask, principal));

    /// <summary>Takes what has waited longest.</summary>
    public bool TryTake([NotNullWhen(true)] out ClimatePlan? plan)
    {
        // Half of the room stays for what is asked for.
        while (_waiting.Reader.TryRead(out var next) && table.Count < options.Value.MaxChannels / 2)
        {
            if (planner.Plan(next.Ask, next.Principal, out plan, isAsked: false) is null && table.Find(plan!.Spec.ToChannelName()) is null)
            {
                return true;
            }
        }

        plan = null;
        return false;
    }

    public async Task MakeAsync(ClimatePlan plan, CancellationToken cancellationToken)
    {
        if (await table.OpenAsync(plan) is { } channel && (await maker.MakeAsync(channel, cancellationToken)).Error is null)
        {
            metrics.Prefetched();
        }
    }
}
