namespace RealtimeHub.Protocol.MessagePack;

/// <summary>JSON text as MessagePack, for messages outside the hub protocol.</summary>
public static class MessagePackText
{
    /// <summary>Encodes one valid JSON value: whole numbers of 64 bits exactly, others as doubles.</summary>
    public static byte[] FromJson(ReadOnlySpan<byte> json)
    {
        var writer = new MessagePackWriter();
        JsonToMessagePack.Write(json, writer);
        return writer.Written.ToArray();
    }
}
