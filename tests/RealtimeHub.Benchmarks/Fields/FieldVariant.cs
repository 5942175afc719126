namespace RealtimeHub.Benchmarks.Fields;

/// <summary>The ways to stream a field that are compared: a hub method and the protocol of its readers.</summary>
internal sealed record FieldVariant(string Name, string Method, string Protocol)
{
    /// <summary>What an application does without us: the numbers as JSON, once per reader.</summary>
    public static readonly FieldVariant Stock = new("stock", nameof(FieldHub.Numbers), "json");

    /// <summary>A block of numbers in frames of a channel, as JSON.</summary>
    public static readonly FieldVariant Json = new("json", nameof(FieldHub.Frames), "json");

    /// <summary>The same, as MessagePack.</summary>
    public static readonly FieldVariant MessagePack = new("messagepack", nameof(FieldHub.Frames), "messagepack");

    public static readonly FieldVariant[] All = [Stock, Json, MessagePack];

    public bool IsStock => this == Stock;
}
