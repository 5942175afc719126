using RealtimeHub.Server.Hubs.Climate.Data;

namespace RealtimeHub.Server.Policy;

/// <summary>The tile pyramid of map viewers (EPSG:3857, tiles of 256 pixels, y from the north).</summary>
internal static class WebMercator
{
    private const double EquatorMetresPerPixel = 156543.03392804097;

    public static GeoBox BoundsOf(int z, int x, int y)
    {
        var tiles = Math.Pow(2, z);
        return new GeoBox((x / tiles * 360) - 180, Latitude((y + 1) / tiles), ((x + 1) / tiles * 360) - 180, Latitude(y / tiles));
    }

    /// <summary>The length of a pixel on the ground.</summary>
    public static double MetresPerPixel(double latitude, int z) => EquatorMetresPerPixel * Math.Cos(latitude * Math.PI / 180) / Math.Pow(2, z);

    private static double Latitude(double fromNorth) => Math.Atan(Math.Sinh(Math.PI * (1 - (2 * fromNorth)))) * 180 / Math.PI;
}
