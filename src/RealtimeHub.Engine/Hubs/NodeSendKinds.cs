namespace RealtimeHub.Engine.Hubs;

/// <summary>What one node tells the others of a hub.</summary>
internal static class NodeSendKinds
{
    public const string All = "all";

    public const string Groups = "groups";

    public const string Users = "users";

    public const string Connections = "connections";

    public const string Join = "join";

    public const string Leave = "leave";

    /// <summary>A call of a client that waits for its result.</summary>
    public const string Ask = "ask";

    /// <summary>The connection is here, and is asked.</summary>
    public const string Taken = "taken";

    public const string Answer = "answer";

    /// <summary>The connection ended before it answered.</summary>
    public const string Gone = "gone";
}
