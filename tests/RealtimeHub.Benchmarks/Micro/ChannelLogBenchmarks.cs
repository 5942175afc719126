using BenchmarkDotNet.Attributes;
using RealtimeHub.Engine.Channels;
using RealtimeHub.Protocol.Channels;

namespace RealtimeHub.Benchmarks.Micro;

/// <summary>Appending to a full channel log, and reading from it.</summary>
[MemoryDiagnoser]
public class ChannelLogBenchmarks
{
    private readonly ChannelLog _log = new(BenchEnvelopes.Family.Retention, TimeProvider.System);
    private readonly Envelope _plain = BenchEnvelopes.Create(1024);
    private readonly Envelope _keyed = BenchEnvelopes.Create(1024, conflationKey: "sensor-7");

    [GlobalSetup]
    public void Fill()
    {
        for (var i = 0; i < BenchEnvelopes.Family.Retention.MaxFrames; i++)
        {
            Append();
        }
    }

    [Benchmark]
    public long Append() => _log.Append("bench", "Event", _plain, out _).Offset;

    [Benchmark]
    public long AppendWithKey() => _log.Append("bench", "Event", _keyed, out _).Offset;

    [Benchmark]
    public bool TryGet() => _log.TryGet(_log.Newest) is not null;

    [Benchmark]
    public long BytesAfter() => _log.BytesAfter(_log.OldestKept);
}
