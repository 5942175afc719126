namespace RealtimeHub.Server.Provenance;

/// <summary>What sort of content an item describes.</summary>
internal enum StacContent
{
    Fields,
    Drivers,
    Explanation,
}
