using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using RealtimeHub.Engine;
using RealtimeHub.Engine.Acks;
using RealtimeHub.Engine.Channels;
using RealtimeHub.Engine.Cursors;
using RealtimeHub.Testing;

namespace RealtimeHub.Tests.Engine;

/// <summary>What engine tests start from: a clock that stands still, and channels and pumps that go by it.</summary>
internal sealed class EngineParts
{
    private static readonly IMeterFactory Meters =
        new ServiceCollection().AddMetrics().BuildServiceProvider().GetRequiredService<IMeterFactory>();

    public ManualTimeProvider Clock { get; } = new();

    public EngineMetrics Metrics { get; } = new(Meters, NullLogger<EngineMetrics>.Instance);

    public EngineContext Context(ChannelEngineOptions? options = null) =>
        new(Clock, Options.Create(options ?? new ChannelEngineOptions()), Metrics, NullLogger<EngineContext>.Instance);

    public Channel Channel(ChannelFamily? family = null, string name = "test", AckOptions? acks = null) =>
        new(name, family ?? Family(), Clock, Metrics, acks);

    public ChannelLog Log(int maxFrames = 1000, long maxBytes = long.MaxValue, TimeSpan? maxAge = null, bool deduplicates = false) =>
        new(Keep(maxFrames, maxBytes, maxAge), Clock, deduplicates);

    public ChannelDirectory Directory(int maxChannels, params IEnumerable<ChannelFamily> families) =>
        new(families, Options.Create(new ChannelEngineOptions { MaxChannels = maxChannels }), Options.Create(new AckOptions()), Clock, Metrics);

    public static ChannelFamily Family(int maxFrames = 1000, string name = "test") =>
        new() { Name = name, Target = "Test", Retention = Keep(maxFrames) };

    public static RetentionLimits Keep(int maxFrames, long maxBytes = long.MaxValue, TimeSpan? maxAge = null) =>
        new(maxFrames, maxBytes, maxAge ?? TimeSpan.FromHours(24));

    public static CursorTerms Terms(SlowConsumerPolicy policy = SlowConsumerPolicy.Lossless, long frames = 1000, long bytes = long.MaxValue) =>
        new() { Id = "s1", Policy = policy, Limits = new LagLimits(frames, bytes) };
}
