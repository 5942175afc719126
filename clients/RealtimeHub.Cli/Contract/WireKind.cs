namespace RealtimeHub.Cli.Contract;

/// <summary>The forms that a value on the wire has.</summary>
internal enum WireKind
{
    Text,
    Boolean,
    Integer,
    Number,
    Timestamp,
    Bytes,
    Any,
    List,
    Map,
    Type,
    Constant,
}
