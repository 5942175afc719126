using BenchmarkDotNet.Attributes;
using RealtimeHub.Engine.Channels;
using RealtimeHub.Engine.Filters;

namespace RealtimeHub.Benchmarks.Micro;

/// <summary>Matching a frame against what a subscription wants.</summary>
[MemoryDiagnoser]
public class FilterBenchmarks
{
    private readonly Frame _frame = new ChannelLog(BenchEnvelopes.Family.Retention, TimeProvider.System)
        .Append("bench", "Event", BenchEnvelopes.Create(128), out _);

    private readonly FrameFilter _exact = Filter("alert.created");
    private readonly FrameFilter _wildcard = Filter("alert.*");
    private readonly FrameFilter _many = Filter("camera.*", "detection.*", "system.*", "*.removed", "alert.cre?ted");

    [Benchmark]
    public bool Exact() => _exact.Matches(_frame);

    [Benchmark]
    public bool Wildcard() => _wildcard.Matches(_frame);

    [Benchmark]
    public bool LastOfFive() => _many.Matches(_frame);

    private static FrameFilter Filter(params string[] patterns) => new([.. patterns.Select(Pattern)], null);

    private static EventPattern Pattern(string text) =>
        EventPattern.TryParse(text, out var pattern) ? pattern : throw new ArgumentException(text, nameof(text));
}
