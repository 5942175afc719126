using System.Text.Json;
using BenchmarkDotNet.Attributes;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Protocol;
using Microsoft.Extensions.Options;
using RealtimeHub.Engine.Channels;
using RealtimeHub.Protocol.Channels;
using RealtimeHub.Protocol.Json;

namespace RealtimeHub.Benchmarks.Micro;

/// <summary>Making the bytes of a frame, which happens once per frame and protocol, and finding them again, once per connection.</summary>
[MemoryDiagnoser]
public class SerialisationBenchmarks
{
    private readonly JsonHubProtocol _protocol = new(Options.Create(new JsonHubProtocolOptions { PayloadSerializerOptions = WireOptions() }));
    private readonly ChannelLog _log = new(BenchEnvelopes.Family.Retention, TimeProvider.System);
    private Envelope _envelope = null!;
    private Frame _serialised = null!;

    [Params(128, 16 * 1024)]
    public int PayloadBytes { get; set; }

    [GlobalSetup]
    public void Prepare()
    {
        _envelope = BenchEnvelopes.Create(PayloadBytes);
        _serialised = _log.Append("bench", "Event", _envelope, out _);
        Again();
    }

    [Benchmark]
    public int AppendAndSerialise() => _log.Append("bench", "Event", _envelope, out _).Message.GetSerializedMessage(_protocol).Length;

    [Benchmark]
    public int Again() => _serialised.Message.GetSerializedMessage(_protocol).Length;

    private static JsonSerializerOptions WireOptions()
    {
        var options = new JsonSerializerOptions();
        RealtimeJson.Configure(options);
        return options;
    }
}
