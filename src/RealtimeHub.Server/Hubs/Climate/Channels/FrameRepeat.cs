namespace RealtimeHub.Server.Hubs.Climate.Channels;

/// <summary>Why a channel's newest frame has to come again, out of turn.</summary>
[Flags]
internal enum FrameRepeat
{
    None = 0,

    /// <summary>The source has other data.</summary>
    NewData = 1,

    /// <summary>The policy shows something else of it, and what was shown is forgotten.</summary>
    NewPolicy = 2,
}
