namespace RealtimeHub.Server.Policy;

/// <summary>What is asked for.</summary>
internal enum CareKind
{
    Fields,
    Drivers,
    Xai,
    Tile,
    Point,
    Story,
}
