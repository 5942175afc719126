namespace RealtimeHub.Engine.Hubs;

/// <summary>What a connection does that no method of a hub ever sees.</summary>
public enum TrafficFault
{
    /// <summary>A call of a method that does not exist, or with arguments that fit none.</summary>
    UnknownCall,

    /// <summary>A message that cannot be parsed, or is too large.</summary>
    BadFrame,
}
