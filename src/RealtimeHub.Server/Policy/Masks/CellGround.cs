using NetTopologySuite.Geometries;
using NetTopologySuite.Geometries.Prepared;
using NetTopologySuite.Operation.Union;
using RealtimeHub.Science.H3;
using RealtimeHub.Server.Hubs.Climate.Data;

namespace RealtimeHub.Server.Policy.Masks;

/// <summary>The ground that a set of cells covers. Places are held against it and not against an outline, so that asking with ever smaller boxes traces no outline.</summary>
/// <remarks>Thread-safe.</remarks>
internal sealed class CellGround(IReadOnlySet<H3Index> cells)
{
    private static readonly GeometryFactory Factory = new(new PrecisionModel(), 4326);

    private readonly Lock _gate = new();
    private IPreparedGeometry? _ground;

    public bool Meets(GeoBox box) => Ask(g => g.Intersects(Geometry(box)));

    public bool Covers(GeoBox box) => Ask(g => g.Covers(Geometry(box)));

    private static Geometry Geometry(GeoBox box) => Factory.ToGeometry(new Envelope(box.West, box.East, box.South, box.North));

    // A prepared geometry fills its index while it is asked.
    private bool Ask(Func<IPreparedGeometry, bool> question)
    {
        lock (_gate)
        {
            return question(_ground ??= PreparedGeometryFactory.Prepare(CascadedPolygonUnion.Union([.. cells.Select(Outline)])));
        }
    }

    private static Geometry Outline(H3Index cell)
    {
        var corners = H3Grid.CellToBoundary(cell).Select(c => new Coordinate(c.LongitudeDegrees, c.LatitudeDegrees)).ToList();
        return Factory.CreatePolygon([.. corners, corners[0]]);
    }
}
