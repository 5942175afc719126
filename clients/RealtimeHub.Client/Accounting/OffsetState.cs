namespace RealtimeHub.Client.Accounting;

/// <summary>What a subscription knows of one offset.</summary>
public enum OffsetState
{
    /// <summary>At or before the start of the subscription.</summary>
    NotAsked,

    /// <summary>Nothing is known yet; it may still come or be announced.</summary>
    Pending,

    /// <summary>The frame has come.</summary>
    Received,

    /// <summary>Withheld on purpose, as announced.</summary>
    Skipped,

    /// <summary>Lost, as announced.</summary>
    Lost,

    /// <summary>Neither come nor announced, although the server says that it was: this must never happen.</summary>
    Missing,

    /// <summary>Received, skipped or lost so long ago that only the totals remember which.</summary>
    Folded,
}
