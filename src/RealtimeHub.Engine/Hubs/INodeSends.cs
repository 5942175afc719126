namespace RealtimeHub.Engine.Hubs;

/// <summary>Sends to the connections of this node alone, for what every node says for itself.</summary>
public interface INodeSends
{
    /// <summary>Sends to those members of a group that are connected here.</summary>
    void SendToGroupHere(string group, string method, params object?[] args);

    /// <summary>Sends to a connection, if it is connected here.</summary>
    void SendToConnectionHere(string connectionId, string method, params object?[] args);
}
