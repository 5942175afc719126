namespace RealtimeHub.Engine.Cursors;

/// <summary>What happens to a cursor that lags beyond its limit.</summary>
public enum SlowConsumerPolicy
{
    /// <summary>The oldest frames beyond the limit are lost.</summary>
    DropOldest,

    /// <summary>What was waiting when the limit was met is delivered; what came after it is lost.</summary>
    DropNewest,

    /// <summary>Every nth waiting frame is delivered. On the wire <c>compress</c>.</summary>
    Sample,

    /// <summary>Of the waiting frames with one key only the newest is delivered.</summary>
    Conflate,

    /// <summary>The connection is closed.</summary>
    Disconnect,

    /// <summary>Every nth waiting frame is delivered; at twice the limit the reader is moved to the channel's coarser sibling, where there is one.</summary>
    Coarsen,

    /// <summary>Nothing is dropped while the log keeps it.</summary>
    Lossless,
}
