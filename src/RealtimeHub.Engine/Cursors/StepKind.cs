namespace RealtimeHub.Engine.Cursors;

/// <summary>What a cursor does next.</summary>
public enum StepKind
{
    /// <summary>Nothing: it has caught up.</summary>
    Idle,

    /// <summary>It takes the next frame.</summary>
    Deliver,

    /// <summary>Frames are lost because the log no longer keeps them.</summary>
    LoseExpired,

    /// <summary>Frames are lost because it lagged and drops the oldest.</summary>
    LoseOldest,

    /// <summary>Frames are lost because it lagged and drops the newest.</summary>
    LoseNewest,

    /// <summary>Frames are skipped because it lagged and keeps every nth.</summary>
    SkipSampled,

    /// <summary>Frames are skipped because newer ones with their keys are at hand.</summary>
    SkipConflated,

    /// <summary>It goes over to the coarser sibling because it lagged far.</summary>
    Coarsen,

    /// <summary>Its connection is closed.</summary>
    Disconnect,
}
