using RealtimeHub.Protocol.Streams;

namespace RealtimeHub.Tests.Client.Scripted;

/// <summary>Stream items as short texts, to compare.</summary>
public static class Items
{
    public static string Text(StreamItem item) => item switch
    {
        { Frame: { } frame } => $"frame:{frame.Sequence}",
        { Gap: { } gap } => $"gap:{gap.From}",
        { Skipped: { } skipped } => $"skipped:{skipped.From}",
        { Error: { } error } => $"error:{error.Code}",
        { End: { } end } => $"end:{end.Offset}",
        _ => item.Kind,
    };
}
