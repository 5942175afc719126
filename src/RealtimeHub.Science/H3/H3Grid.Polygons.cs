namespace RealtimeHub.Science.H3;

public static partial class H3Grid
{
    /// <summary>The cells of a polygon.</summary>
    /// <param name="rings">
    /// The coordinates of a GeoJSON Polygon: the outer ring, then holes; positions are longitude, latitude in degrees, the last
    /// one equal to the first or not. No rings give no cells. Take the parts of a MultiPolygon one by one.
    /// </param>
    /// <param name="resolution">From 0 to 15.</param>
    /// <param name="mode">By centre, or every cell that overlaps.</param>
    /// <returns>The cells in ascending order, about the area over <see cref="GetHexagonAreaAvgKm2"/> of them.</returns>
    /// <remarks>
    /// As in the reference library, sides of polygons and of cells are straight in longitude and latitude, and a side longer
    /// than 180° of longitude is taken to cross the antimeridian. The sides of cells are in truth arcs of great circles, which at
    /// mid-latitudes stray from that by about 2 m at resolution 5 and 0.5 km at resolution 2; whoever conceals points should
    /// test a point against the polygon too. A cell around a hole overlaps here even if its centre lies in the hole.
    /// </remarks>
    /// <exception cref="ArgumentException">
    /// A ring has fewer than three positions or goes around a pole, or a position is not on the globe.
    /// </exception>
    public static H3Index[] PolygonToCells(double[][][] rings, int resolution, ContainmentMode mode)
    {
        RequireResolution(resolution, 0);
        return rings.Length == 0 ? [] : new PolygonCover(PlanePolygon.FromGeoJson(rings), resolution, mode).Find();
    }
}
