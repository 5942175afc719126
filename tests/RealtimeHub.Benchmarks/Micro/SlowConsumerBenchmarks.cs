using BenchmarkDotNet.Attributes;
using RealtimeHub.Engine.Channels;
using RealtimeHub.Engine.Cursors;

namespace RealtimeHub.Benchmarks.Micro;

/// <summary>Deciding what a cursor does next: within its limits, and far beyond them.</summary>
[MemoryDiagnoser]
public class SlowConsumerBenchmarks
{
    private readonly ChannelLog _log = new(BenchEnvelopes.Family.Retention, TimeProvider.System);
    private readonly LagLimits _limits = new(100, 1 << 20);

    [ParamsAllValues]
    public SlowConsumerPolicy Policy { get; set; }

    [GlobalSetup]
    public void Fill()
    {
        for (var i = 0; i < 1000; i++)
        {
            _log.Append("bench", "Event", BenchEnvelopes.Create(1024, conflationKey: "sensor-7"), out _);
        }
    }

    [Benchmark]
    public StepKind WithinLimits() => SlowConsumerRules.Next(Policy, served: 950, holdEnd: 0, _limits, _log).Kind;

    [Benchmark]
    public StepKind BeyondLimits() => SlowConsumerRules.Next(Policy, served: 100, holdEnd: 0, _limits, _log).Kind;
}
