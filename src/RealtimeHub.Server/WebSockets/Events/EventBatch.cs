using System.Globalization;

namespace RealtimeHub.Server.WebSockets.Events;

/// <summary>Frames of one channel that go out as one message.</summary>
/// <remarks>Used only with the connection's turn.</remarks>
internal sealed class EventBatch
{
    private readonly List<EventRendering> _messages = [];

    public int Count => _messages.Count;

    public string? Channel { get; private set; }

    public long First { get; private set; }

    public long Last { get; private set; }

    public void Add(EventRendering message, long offset)
    {
        Channel = message.Channel;
        First = _messages.Count == 0 ? offset : First;
        Last = offset;
        _messages.Add(message);
    }

    public void Clear() => _messages.Clear();

    /// <summary>The message.</summary>
    public byte[] ToJson(long number, DateTimeOffset now, bool isReplay) => DialectJson.Write(writer =>
    {
        writer.WriteStartObject();
        writer.WriteString("type", "batch");
        writer.WriteString("channel", Channel);
        writer.WriteNumber("count", _messages.Count);
        writer.WriteStartArray("messages");
        foreach (var message in _messages)
        {
            writer.WriteRawValue([.. message.Json, (byte)'}'], skipInputValidation: true);
        }

        writer.WriteEndArray();
        writer.WritePropertyName("batched_at");
        writer.WriteRawValue(string.Create(CultureInfo.InvariantCulture, $"{now.ToUnixTimeMilliseconds() / 1000.0:0.000}"));
        writer.WriteNumber("seq", number);
        if (isReplay)
        {
            writer.WriteBoolean("replay", true);
        }

        writer.WriteEndObject();
    });
}
