using RealtimeHub.Benchmarks.Load;
using RealtimeHub.Benchmarks.Serving;

namespace RealtimeHub.Benchmarks.Comparing;

/// <summary>What a connection costs a server in memory, idle and stalled.</summary>
internal sealed class MemoryComparison(CompareOptions options, ClientLoop loop, ResultTable table)
{
    /// <summary>The name on the command line and in the table.</summary>
    public const string Name = "memory";

    private const int WarmUpConnections = 200;
    private const int StalledConnections = 100;
    private const int FramesPerSecond = 200;
    private const int Size = 1024;
    private const int SendBufferBytes = 64 * 1024;

    // The stalled are measured while they are stuck: later than buffers need to fill, earlier than stock gives them up.
    private static readonly TimeSpan StallDuration = TimeSpan.FromSeconds(6);

    public async Task RunAsync()
    {
        var connections = options.IsQuick ? 1000 : 5000;
        var variants = options.Variants;
        var idle = variants.Select(_ => new List<ConnectionCost>()).ToArray();
        var stalled = variants.Select(_ => new List<ConnectionCost>()).ToArray();
        for (var round = 0; round < options.Rounds; round++)
        {
            for (var i = 0; i < variants.Count; i++)
            {
                idle[i].Add(await MeasureIdleAsync(variants[i], connections));
                stalled[i].Add(await MeasureStalledAsync(variants[i]));
            }
        }

        for (var i = 1; i < variants.Count; i++)
        {
            AddRows($"{connections} idle", variants[i], idle[i], idle[0]);
            AddRows($"{StalledConnections} stalled, over reading", variants[i], stalled[i], stalled[0]);
        }
    }

    private async Task<ConnectionCost> MeasureIdleAsync(string variant, int connections)
    {
        await using var server = await LoadedServer.StartAsync(loop, variant);
        await server.ConnectAsync(WarmUpConnections);
        var before = await server.ReportAsync(collect: true);
        await server.ConnectAsync(connections);
        return ConnectionCost.Between(before, await server.ReportAsync(collect: true), connections);
    }

    // What a connection costs beyond what it would cost if it read: the same load twice, once with clients that do.
    private async Task<ConnectionCost> MeasureStalledAsync(string variant)
    {
        var reading = await MeasureLoadAsync(variant, null);
        var stalled = await MeasureLoadAsync(variant, () => new NeverReading());
        return ConnectionCost.Between(reading, stalled, StalledConnections);
    }

    private async Task<ServerReport> MeasureLoadAsync(string variant, Func<IReadingPlan>? plan)
    {
        await using var server = await LoadedServer.StartAsync(loop, variant, SendBufferBytes);
        await server.ConnectAsync(WarmUpConnections);
        await server.PaceAsync(FramesPerSecond, TimeSpan.FromSeconds(1), Size);
        await server.ConnectAsync(StalledConnections, plan);
        var publishing = server.PaceAsync(FramesPerSecond, StallDuration, Size);
        await Task.Delay(StallDuration / 2);

        // What happens to be on its way adds to a report; what stalled clients hold is in all of them.
        var least = await server.ReportAsync(collect: true);
        for (var again = 0; again < 3; again++)
        {
            await Task.Delay(StallDuration / 10);
            var report = await server.ReportAsync(collect: true);
            least = report.HeapBytes < least.HeapBytes ? report : least;
        }

        await publishing;
        return least;
    }

    private void AddRows(string load, string variant, List<ConnectionCost> costs, List<ConnectionCost> reference)
    {
        AddRow(load, variant, "heap KB", costs, reference, cost => cost.HeapBytes / 1e3);
        AddRow(load, variant, "resident KB", costs, reference, cost => cost.WorkingSetBytes / 1e3);
    }

    private void AddRow(
        string load, string variant, string unit, List<ConnectionCost> costs, List<ConnectionCost> reference, Func<ConnectionCost, double> value)
    {
        var (one, other) = (Median.Of(costs.Select(value)), Median.Of(reference.Select(value)));
        table.Add(new ResultRow(Name, load, variant, one, unit, other, other > 0 ? one / other : null));
    }
}
