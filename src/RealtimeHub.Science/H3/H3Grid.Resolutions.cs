namespace RealtimeHub.Science.H3;

public static partial class H3Grid
{
    // latLng.c of the reference library (github.com/uber/h3, 679f6b0, Apache-2.0); h3geo.org/docs/core-library/restable.
    private static ReadOnlySpan<double> AreasKm2 =>
    [
        4.357449416078383e+06, 6.097884417941332e+05, 8.680178039899720e+04, 1.239343465508816e+04,
        1.770347654491307e+03, 2.529038581819449e+02, 3.612906216441245e+01, 5.161293359717191e+00,
        7.373275975944177e-01, 1.053325134272067e-01, 1.504750190766435e-02, 2.149643129451879e-03,
        3.070918756316060e-04, 4.387026794728296e-05, 6.267181135324313e-06, 8.953115907605790e-07,
    ];

    private static ReadOnlySpan<double> EdgeLengthsKm =>
    [
        1281.256011, 483.0568391, 182.5129565, 68.97922179, 26.07175968, 9.854090990, 3.724532667, 1.406475763,
        0.531414010, 0.200786148, 0.075863783, 0.028663897, 0.010830188, 0.004092010, 0.001546100, 0.000584169,
    ];

    /// <summary>The average area of the hexagons of a resolution, in square kilometres; pentagons are left out.</summary>
    public static double GetHexagonAreaAvgKm2(int resolution)
    {
        RequireResolution(resolution, 0);
        return AreasKm2[resolution];
    }

    /// <summary>The average length of the sides of the hexagons of a resolution, in kilometres; pentagons are left out.</summary>
    public static double GetHexagonEdgeLengthAvgKm(int resolution)
    {
        RequireResolution(resolution, 0);
        return EdgeLengthsKm[resolution];
    }

    /// <summary>How many cells a resolution has: 2 + 120 · 7ʳ, twelve of them pentagons.</summary>
    public static long GetNumCells(int resolution)
    {
        RequireResolution(resolution, 0);
        return 2 + (120 * PowerOfSeven(resolution));
    }

    /// <summary>The 122 cells of resolution 0.</summary>
    public static H3Index[] GetRes0Cells()
    {
        var cells = new H3Index[GetNumCells(0)];
        for (var baseCell = 0; baseCell < cells.Length; baseCell++)
        {
            cells[baseCell] = H3Index.Create(0, baseCell, 0);
        }

        return cells;
    }
}
