using System.Diagnostics.Metrics;
using BenchmarkDotNet.Attributes;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Protocol;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using RealtimeHub.Engine;
using RealtimeHub.Engine.Channels;
using RealtimeHub.Engine.Cursors;
using RealtimeHub.Engine.Pumps;

namespace RealtimeHub.Benchmarks.Micro;

/// <summary>Appending one raw send and waking every pump, without the cost of the connections themselves.</summary>
[MemoryDiagnoser]
public class FanOutBenchmarks : IDisposable
{
    private readonly ServiceProvider _services = new ServiceCollection().AddMetrics().BuildServiceProvider();
    private readonly SerializedHubMessage _message = new(new InvocationMessage("frame", ["x"]));
    private Channel _reading = null!;
    private Channel _stalled = null!;

    [Params(1, 1000)]
    public int Connections { get; set; }

    [GlobalSetup]
    public void Attach()
    {
        var metrics = new EngineMetrics(
            _services.GetRequiredService<IMeterFactory>(), NullLogger<EngineMetrics>.Instance);
        var engine = new EngineContext(
            TimeProvider.System, Options.Create(new ChannelEngineOptions()), metrics, NullLogger<EngineContext>.Instance);
        _reading = Channel(engine, () => new NullSink());
        _stalled = Channel(engine, () => new StalledSink());
    }

    /// <summary>Every connection takes the frame at once.</summary>
    [Benchmark]
    public void Reading() => _reading.AppendRaw(_message, 128, null);

    /// <summary>No connection takes anything, whatever is sent.</summary>
    [Benchmark]
    public void Stalled() => _stalled.AppendRaw(_message, 128, null);

    [GlobalCleanup]
    public void Dispose()
    {
        _services.Dispose();
        GC.SuppressFinalize(this);
    }

    private Channel Channel(EngineContext engine, Func<IFrameSink> sink)
    {
        var channel = new Channel("bench", BenchEnvelopes.Family, TimeProvider.System, engine.Metrics);
        for (var i = 0; i < Connections; i++)
        {
            var pump = new ConnectionPump($"connection-{i}", null, sink(), engine);
            var terms = new CursorTerms { Id = "", Announces = false };
            channel.Attach(new Cursor(channel, pump, terms, channel.Log.Newest));
        }

        return channel;
    }
}
