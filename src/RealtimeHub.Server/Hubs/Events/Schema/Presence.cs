namespace RealtimeHub.Server.Hubs.Events.Schema;

/// <summary>Whether a payload member has to be there.</summary>
internal enum Presence
{
    /// <summary>There, and not null.</summary>
    Required,

    /// <summary>There, but null when it is not known.</summary>
    Nullable,

    /// <summary>Publishers may leave it out; subscribers always get it, as null then.</summary>
    NullWhenAbsent,

    /// <summary>May be left out or null.</summary>
    Optional,
}
