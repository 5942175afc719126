using System.Globalization;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Protocol;
using RealtimeHub.Engine.Channels;
using RealtimeHub.Protocol.Channels;

namespace RealtimeHub.Tests.Engine;

/// <summary>Makes envelopes of a wished size, and appends them.</summary>
internal static class TestEnvelopes
{
    /// <summary>The smallest size that a frame can count for.</summary>
    public static readonly int SmallestSize = Frame.SizeOf(default);

    private static long _last;

    public static Envelope Envelope(
        string type = "test.thing",
        string? key = null,
        int sizeBytes = 0,
        string? eventId = null,
        bool requiresAck = false,
        IReadOnlyDictionary<string, string>? tags = null) => new()
        {
            Type = type,
            Timestamp = DateTimeOffset.UnixEpoch,
            EventId = eventId ?? string.Create(CultureInfo.InvariantCulture, $"event-{Interlocked.Increment(ref _last)}"),
            ConflationKey = key,
            RequiresAck = requiresAck,
            Tags = tags,
            Payload = JsonPayload.FromValidUtf8(new byte[Math.Max(4, sizeBytes - SmallestSize + 4)]),
        };

    public static Frame Append(this ChannelLog log, Envelope? envelope = null) => log.Append("test", "Test", envelope ?? Envelope(), out _);

    public static Frame Append(this Channel channel, Envelope? envelope = null) => channel.Append(envelope ?? Envelope(), out _);

    public static void AppendMany(this ChannelLog log, int count)
    {
        for (var i = 0; i < count; i++)
        {
            log.Append();
        }
    }

    public static void AppendMany(this Channel channel, int count)
    {
        for (var i = 0; i < count; i++)
        {
            channel.Append();
        }
    }

    /// <summary>Fans out on this thread, as the pool would.</summary>
    public static void FanOutNow(this Channel channel) => ((IThreadPoolWorkItem)channel).Execute();

    public static EncodedSend RawMessage(string text = "hello") => new(new SerializedHubMessage(new InvocationMessage("Raw", [text])), 10, []);
}
