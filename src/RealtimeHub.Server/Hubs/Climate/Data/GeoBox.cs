namespace RealtimeHub.Server.Hubs.Climate.Data;

/// <summary>A box in degrees north and east; its edges belong to it, and it does not cross the antimeridian.</summary>
internal readonly record struct GeoBox(double West, double South, double East, double North)
{
    public bool Contains(double latitude, double longitude) =>
        latitude >= South && latitude <= North && longitude >= West && longitude <= East;
}
