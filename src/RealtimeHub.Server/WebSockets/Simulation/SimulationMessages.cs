using System.Text.Json;

namespace RealtimeHub.Server.WebSockets.Simulation;

/// <summary>The messages of the simulation dialect that are no frames: times are milliseconds since 1970. Pure.</summary>
internal static class SimulationMessages
{
    public const string Version = "1.0";

    public static byte[] Init(DateTimeOffset now) => Of("init", now, null, payload => payload.WriteString("protocol_version", Version));

    public static byte[] Bare(string type, DateTimeOffset now, string? streamId = null) => Of(type, now, streamId, null);

    public static byte[] Failure(string type, string code, string message, DateTimeOffset now, string? streamId = null, Action<Utf8JsonWriter>? more = null) => Of(type, now, streamId, payload =>
    {
        payload.WriteString("error_code", code);
        payload.WriteString("message", message);
        if (streamId is not null)
        {
            payload.WriteString("stream_id", streamId);
        }

        more?.Invoke(payload);
        payload.WriteNumber("timestamp", now.ToUnixTimeMilliseconds());
    });

    /// <summary>Frames that this client will not get.</summary>
    public static byte[] Dropped(string streamId, long? from, long count, string strategy, DateTimeOffset now) => Of("frames_dropped", now, streamId, payload =>
    {
        payload.WriteString("stream_id", streamId);
        payload.WriteNumber("count", count);
        if (from is { } first)
        {
            payload.WriteNumber("from_sequence", first);
            payload.WriteNumber("to_sequence", first + count - 1);
        }

        payload.WriteString("reason", strategy);
        payload.WriteNumber("timestamp", now.ToUnixTimeMilliseconds());
    });

    private static byte[] Of(string type, DateTimeOffset now, string? streamId, Action<Utf8JsonWriter>? payload) => DialectJson.Write(writer =>
    {
        writer.WriteStartObject();
        writer.WriteString("type", type);
        if (streamId is not null)
        {
            writer.WriteString("stream_id", streamId);
        }

        writer.WriteNumber("timestamp", now.ToUnixTimeMilliseconds());
        if (payload is not null)
        {
            writer.WriteStartObject("payload");
            payload(writer);
            writer.WriteEndObject();
        }

        writer.WriteEndObject();
    });
}
