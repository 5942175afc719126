using System.Buffers;
using System.Text.Json;
using BenchmarkDotNet.Attributes;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Protocol;
using Microsoft.Extensions.Options;
using RealtimeHub.Protocol.Events;
using RealtimeHub.Protocol.Hubs;
using RealtimeHub.Protocol.Json;
using RealtimeHub.Protocol.MessagePack;

namespace RealtimeHub.Benchmarks.Micro;

/// <summary>Reading a call of a client in both protocols: MessagePack goes through JSON on its way to the request.</summary>
[MemoryDiagnoser]
public class ReadingBenchmarks : IInvocationBinder
{
    private readonly JsonHubProtocol _json = new(Options.Create(new JsonHubProtocolOptions { PayloadSerializerOptions = WireOptions() }));
    private readonly MessagePackHubProtocol _messagePack = new(Options.Create(new MessagePackHubProtocolOptions()));
    private ReadOnlyMemory<byte> _inJson;
    private ReadOnlyMemory<byte> _inMessagePack;

    [GlobalSetup]
    public void Prepare()
    {
        var call = new InvocationMessage("7", nameof(IEventsHub.Subscribe), [new SubscribeEventsRequest { Events = ["alert.*", "event"], Last = 10, Consumer = "desk" }]);
        (_inJson, _inMessagePack) = (_json.GetMessageBytes(call), _messagePack.GetMessageBytes(call));
    }

    [Benchmark(Baseline = true)]
    public bool Json() => Read(_json, _inJson);

    [Benchmark]
    public bool MessagePack() => Read(_messagePack, _inMessagePack);

    public IReadOnlyList<Type> GetParameterTypes(string methodName) => [typeof(SubscribeEventsRequest)];

    public Type GetReturnType(string invocationId) => typeof(object);

    public Type GetStreamItemType(string streamId) => typeof(object);

    private bool Read(IHubProtocol protocol, ReadOnlyMemory<byte> bytes)
    {
        var input = new ReadOnlySequence<byte>(bytes);
        return protocol.TryParseMessage(ref input, this, out var message) && message is InvocationMessage;
    }

    private static JsonSerializerOptions WireOptions()
    {
        var options = new JsonSerializerOptions();
        RealtimeJson.Configure(options);
        return options;
    }
}
