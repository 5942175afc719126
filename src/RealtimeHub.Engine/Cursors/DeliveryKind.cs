namespace RealtimeHub.Engine.Cursors;

/// <summary>What a cursor hands to its reader.</summary>
internal enum DeliveryKind
{
    /// <summary>Nothing: it has caught up.</summary>
    None,

    /// <summary>Nothing yet: it has passed over many frames and others should have their turn.</summary>
    Yield,

    /// <summary>A frame.</summary>
    Frame,

    /// <summary>The subscription starts here.</summary>
    Subscribed,

    /// <summary>Lost frames.</summary>
    Gap,

    /// <summary>Frames withheld on purpose.</summary>
    Skipped,

    /// <summary>It lags beyond its limit.</summary>
    Degraded,

    /// <summary>It has caught up again.</summary>
    Restored,

    /// <summary>It goes over to the coarser sibling of its channel; its reader carries that out.</summary>
    Coarsened,

    /// <summary>It goes back to the finer sibling; its reader carries that out.</summary>
    Refined,

    /// <summary>It has ended, because its channel has or because the server says so.</summary>
    Ended,

    /// <summary>It lags beyond its limit and its policy is to close the connection.</summary>
    Disconnect,
}
