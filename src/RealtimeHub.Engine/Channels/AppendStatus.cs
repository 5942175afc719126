namespace RealtimeHub.Engine.Channels;

/// <summary>How an append ended.</summary>
public enum AppendStatus
{
    /// <summary>Appended, or the earlier answer repeated.</summary>
    Done,

    /// <summary>The idempotency key was used for other content.</summary>
    KeyConflict,

    /// <summary>The channel has ended.</summary>
    Ended,

    /// <summary>The node holds as many channels as it may.</summary>
    TooManyChannels,

    /// <summary>The channel is in another epoch than the one that the content was made for.</summary>
    EpochChanged,
}
