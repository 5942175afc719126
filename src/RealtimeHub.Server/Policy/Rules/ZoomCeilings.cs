using RealtimeHub.Science.H3;
using RealtimeHub.Server.Policy.Areas;

namespace RealtimeHub.Server.Policy.Rules;

/// <summary>How far one may zoom into something sensitive; where clauses differ the coarsest holds.</summary>
/// <remarks>
/// Source: Kansas Frontier Matrix, standards/geospatial/tiling-resolution. Public and community: analytic layers end at 15, all else at 16. Sensitive:
/// 13 by label, 12 as analytic layer, 10 by category. Sacred: 11 by label, 10 by category.
/// </remarks>
internal static class ZoomCeilings
{
    private static readonly Dictionary<SensitivityLabel, int[]> Clauses = new()
    {
        [SensitivityLabel.Public] = [16, 15],
        [SensitivityLabel.Community] = [16, 15],
        [SensitivityLabel.Sensitive] = [13, 12, 10],
        [SensitivityLabel.Sacred] = [11, 10],
    };

    public static int ForLabel(SensitivityLabel label) => Clauses[label].Min();

    /// <summary>The largest zoom at which a side of a cell is not too long on the screen.</summary>
    public static int ForResolution(int resolution, double latitude)
    {
        var zoom = 0;
        while (zoom < 22 && H3Grid.GetHexagonEdgeLengthAvgKm(resolution) * 1000 / WebMercator.MetresPerPixel(latitude, zoom + 1) <= LeakRules.MaxEdgePixels)
        {
            zoom++;
        }

        return zoom;
    }

    /// <summary>Whether a layer that says from where to where it goes has a tile at a zoom.</summary>
    public static bool Serves(int minZoom, int maxZoom, int zoom) => zoom >= minZoom && zoom <= maxZoom;
}
