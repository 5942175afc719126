namespace RealtimeHub.Protocol.MessagePack;

/// <summary>The families of MessagePack formats.</summary>
internal enum MessagePackKind
{
    Nil,
    Boolean,
    Integer,
    Float,
    Text,
    Bytes,
    Array,
    Map,
    Extension,
}
