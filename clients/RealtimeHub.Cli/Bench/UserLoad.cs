using System.Text.Json.Nodes;
using RealtimeHub.Protocol.Hubs;

namespace RealtimeHub.Cli.Bench;

/// <summary>Users of simulations, who come at a steady rate and each watch one stream.</summary>
internal sealed class UserLoad(BenchSite site, LatencyHistogram latencies)
{
    /// <summary>Lets users come.</summary>
    /// <param name="count">How many.</param>
    /// <param name="streamOf">What each of them watches: a method and its request.</param>
    /// <param name="perSecond">How many come in a second.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public async Task<List<LoadReader>> OpenAsync(int count, Func<int, (string Method, JsonObject Request)> streamOf, int perSecond, CancellationToken cancellationToken)
    {
        var readers = new List<LoadReader>(count);
        try
        {
            foreach (var batch in Enumerable.Range(0, count).Chunk(perSecond))
            {
                var pause = Task.Delay(TimeSpan.FromSeconds(1), site.Time, cancellationToken);
                foreach (var index in batch)
                {
                    var reader = new LoadReader(site.Time, latencies);
                    readers.Add(reader);
                    await reader.ConnectAsync(site, HubPaths.Simulation, cancellationToken).ConfigureAwait(false);
                    var (method, request) = streamOf(index);
                    await reader.Socket.OpenStreamAsync(method, request).ConfigureAwait(false);
                }

                if (readers.Count < count)
                {
                    await pause.ConfigureAwait(false);
                }
            }

            await site.UntilAsync(() => readers.TrueForAll(r => r.Received > 0), site.Load.Limit, cancellationToken).ConfigureAwait(false);
            return readers;
        }
        catch
        {
            await BenchSite.CloseAsync(readers).ConfigureAwait(false);
            throw;
        }
    }

    public static async Task MeasureAsync(BenchSite site, List<LoadReader> readers, TimeSpan duration, CancellationToken cancellationToken)
    {
        readers.ForEach(r => r.Begin());
        await Task.Delay(duration, site.Time, cancellationToken).ConfigureAwait(false);
        readers.ForEach(r => r.End());
    }
}
