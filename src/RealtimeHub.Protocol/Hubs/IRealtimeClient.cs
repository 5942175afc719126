using RealtimeHub.Protocol.Notices;

namespace RealtimeHub.Protocol.Hubs;

/// <summary>What every hub may push besides its frames.</summary>
public interface IRealtimeClient
{
    /// <summary>The connection lives; every subscription's position.</summary>
    Task Heartbeat(Heartbeat heartbeat);

    /// <summary>A subscription starts here; stands ahead of its first frame.</summary>
    Task Subscribed(Subscribed subscribed);

    /// <summary>The server has ended a subscription.</summary>
    Task Unsubscribed(Unsubscribed unsubscribed);

    /// <summary>Frames are lost to a subscription.</summary>
    Task Gap(Gap gap);

    /// <summary>Frames were withheld on purpose.</summary>
    Task Skipped(Skipped skipped);

    /// <summary>A subscription lags beyond its limit.</summary>
    Task Degraded(Degraded degraded);

    /// <summary>A degraded subscription has caught up.</summary>
    Task Restored(Restored restored);

    /// <summary>Something went wrong that no call can answer.</summary>
    Task Error(ErrorNotice error);

    /// <summary>When the connection's credential ends, and when to refresh it.</summary>
    Task CredentialTerm(CredentialTerm term);

    /// <summary>The server closes the connection next.</summary>
    Task Control(Control control);
}
