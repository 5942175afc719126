namespace RealtimeHub.Protocol.MessagePack;

/// <summary>Writes values of one type.</summary>
internal delegate void ValueWriter(MessagePackWriter writer, object value);
