using System.Buffers;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Protocol;
using Microsoft.Extensions.Options;
using RealtimeHub.Protocol.MessagePack;

namespace RealtimeHub.Tests.Protocol.MessagePack;

/// <summary>The protocol with a binder whose every value has one type.</summary>
internal sealed class ProtocolParts(Type? type = null)
{
    public MessagePackHubProtocol Protocol { get; } = new(Options.Create(new MessagePackHubProtocolOptions()));

    public IInvocationBinder Binder { get; } = new OneType(type ?? typeof(int));

    /// <summary>Reads a message that is given without its length.</summary>
    public T Read<T>(string hex)
        where T : HubMessage => Assert.IsType<T>(Read(Convert.FromHexString(hex.Replace(" ", "", StringComparison.Ordinal))));

    public HubMessage Read(byte[] body)
    {
        var input = new ReadOnlySequence<byte>(Framed(body));
        Assert.True(Protocol.TryParseMessage(ref input, Binder, out var message));
        Assert.True(input.IsEmpty);
        return message;
    }

    /// <summary>The bytes of a message without its length; both ways of writing give the same.</summary>
    public string Write(HubMessage message)
    {
        var bytes = Protocol.GetMessageBytes(message).ToArray();
        var output = new ArrayBufferWriter<byte>();
        Protocol.WriteMessage(message, output);
        Assert.Equal(bytes, output.WrittenSpan.ToArray());
        var input = new ReadOnlySequence<byte>(bytes);
        Assert.True(LengthPrefix.TryCut(ref input, out var body));
        Assert.True(input.IsEmpty);
        return string.Join(' ', body.ToArray().Select(b => b.ToString("x2", System.Globalization.CultureInfo.InvariantCulture)));
    }

    public static byte[] Framed(byte[] body)
    {
        var room = new byte[LengthPrefix.MaxBytes];
        var start = LengthPrefix.WriteBefore(room, body.Length);
        return [.. room[start..], .. body];
    }

    private sealed class OneType(Type type) : IInvocationBinder
    {
        public Type GetReturnType(string invocationId) => type == typeof(NobodyWaits) ? throw new InvalidOperationException("Nobody waits.") : type;

        public IReadOnlyList<Type> GetParameterTypes(string methodName) => [type];

        public Type GetStreamItemType(string streamId) => type;
    }
}

/// <summary>The type of results that nobody waits for.</summary>
internal sealed class NobodyWaits;
