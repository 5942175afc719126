using System.Text.Json;
using System.Text.Json.Nodes;
using RealtimeHub.Engine.Channels;
using RealtimeHub.Protocol.Json;

namespace RealtimeHub.Server.WebSockets.Climate;

/// <summary>What all subscribers of a climate frame are told alike, encoded once: the members that follow a subscription's id.</summary>
/// <param name="Type">The type of the message.</param>
/// <param name="Tail">The rest of the message behind the id, its closing brace included.</param>
internal sealed record ClimateRendering(string Type, byte[] Tail)
{
    private const string XaiType = "climate.xai";

    // One instance is the key under which a frame keeps its rendering.
    public static Func<Frame, ClimateRendering> Make { get; } = Of;

    private static ClimateRendering Of(Frame frame)
    {
        var envelope = frame.Envelope!;
        var message = JsonNode.Parse(envelope.Payload.Utf8.Span)!.AsObject();
        var blocks = JsonSerializer.SerializeToNode(envelope.Blocks, RealtimeJson.Options) as JsonObject ?? [];
        foreach (var (name, block) in blocks.ToList())
        {
            blocks.Remove(name);
            (message["data"]?[name] as JsonObject ?? Under(message, "blocks", name))["values"] = block;
        }

        message["stac"] = Node(envelope.Stac);
        message["checksums"] = Node(envelope.Checksums);
        message["prov"] = Node(envelope.Prov);
        message["care"] = Node(envelope.Care);
        message["sequence"] = envelope.Sequence;
        message["timestamp"] = DialectJson.Iso(envelope.Timestamp);
        return new ClimateRendering(envelope.Type == XaiType ? "xai" : "data", DialectJson.Of(message)[1..]);
    }

    private static JsonObject Under(JsonObject message, string list, string name)
    {
        var outer = message[list] as JsonObject ?? [];
        message[list] ??= outer;
        var inner = new JsonObject();
        outer[name] = inner;
        return inner;
    }

    private static JsonNode? Node<T>(T value) => JsonSerializer.SerializeToNode(value, RealtimeJson.Options);
}
