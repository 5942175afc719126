using System.Diagnostics;
using RealtimeHub.Benchmarks.Load;
using RealtimeHub.Benchmarks.Serving;

namespace RealtimeHub.Benchmarks.Comparing;

/// <summary>How fast many clients come, and how fast they come back to what they have missed.</summary>
internal sealed class ConnectComparison(CompareOptions options, ClientLoop loop, ResultTable table)
{
    /// <summary>The name on the command line and in the table.</summary>
    public const string Name = "connect";

    private const int WarmUpConnections = 300;
    private const int Missed = 100;
    private const int Size = 128;
    private const double RateTarget = 0.9;
    private const double ResumeTarget = 1.3;

    private readonly int _connections = options.IsQuick ? 1000 : 5000;

    public async Task RunAsync()
    {
        var opened = options.Variants.Select(_ => new List<double>()).ToArray();
        var resumed = new List<double>();
        for (var round = 0; round < options.Rounds; round++)
        {
            for (var turn = 0; turn < opened.Length; turn++)
            {
                var index = round % 2 == 0 ? turn : opened.Length - 1 - turn;
                opened[index].Add(await MeasureAsync(options.Variants[index], server => server.ConnectAsync(_connections)));
            }

            if (options.Variants.Contains(ServerVariants.Governed))
            {
                resumed.Add(await MeasureAsync(ServerVariants.Governed, server => server.ResumeAsync(_connections, Missed)));
            }
        }

        for (var i = 1; i < opened.Length; i++)
        {
            var ratio = Median.Of(opened[i].Zip(opened[0], (one, other) => other / one));
            table.Add(new ResultRow(
                Name, $"{_connections} open and subscribe", options.Variants[i], _connections / Median.Of(opened[i]), "1/s",
                _connections / Median.Of(opened[0]), ratio, $">= {RateTarget:0.00}", ratio >= RateTarget));
        }

        if (resumed.Count > 0)
        {
            var alone = opened[options.Variants.ToList().IndexOf(ServerVariants.Governed)];
            var ratio = Median.Of(resumed.Zip(alone, (one, other) => one / other));
            table.Add(new ResultRow(
                Name, $"{_connections} resume {Missed} missed", ServerVariants.Governed, Median.Of(resumed), "s",
                Median.Of(alone), ratio, $"<= {ResumeTarget:0.00}", ratio <= ResumeTarget, "against opening alone"));
        }
    }

    // Every measurement has a server of its own, whose code is compiled and whose log holds what the clients missed.
    private async Task<double> MeasureAsync(string variant, Func<LoadedServer, Task> open)
    {
        await using var server = await LoadedServer.StartAsync(loop, variant);
        await server.ConnectAsync(WarmUpConnections);
        await server.BurstAsync(Missed, Size, 0);
        var start = Stopwatch.GetTimestamp();
        await open(server);
        return Stopwatch.GetElapsedTime(start).TotalSeconds;
    }
}
