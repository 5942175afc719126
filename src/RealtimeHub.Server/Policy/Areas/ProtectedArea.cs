using NetTopologySuite.Geometries;
using NetTopologySuite.Geometries.Prepared;
using RealtimeHub.Science.H3;
using RealtimeHub.Server.Policy.Masks;

namespace RealtimeHub.Server.Policy.Areas;

/// <summary>One feature of a policy file. Immutable; safe for concurrent reads.</summary>
internal sealed class ProtectedArea
{
    private readonly Lazy<IPreparedGeometry> _prepared;
    private readonly Lazy<IReadOnlySet<H3Index>> _cover;

    public ProtectedArea(Geometry geometry)
    {
        Geometry = geometry;

        // Preparing is lazy inside the library, and not safe to share until it is done.
        _prepared = new Lazy<IPreparedGeometry>(() => PreparedGeometryFactory.Prepare(geometry));
        _cover = new Lazy<IReadOnlySet<H3Index>>(() => CellCover.Of(this, Resolution));
    }

    public required string Name { get; init; }

    /// <summary>Whose land or charge it is; who speaks for it may be exempt.</summary>
    public required string Authority { get; init; }

    /// <summary>The policy that the rule belongs to.</summary>
    public required string Policy { get; init; }

    public required ProtectionRule Rule { get; init; }

    /// <summary>The finest H3 resolution that may be shown (generalize), or that of the cells concealed (deny).</summary>
    public required int Resolution { get; init; }

    public required SensitivityLabel Label { get; init; }

    public required double AreaKm2 { get; init; }

    /// <summary>A polygon or several, WGS 84, longitude first.</summary>
    public Geometry Geometry { get; }

    /// <summary>All cells of its resolution that it overlaps, and more where they would be too few.</summary>
    public IReadOnlySet<H3Index> Cover => _cover.Value;

    public Envelope Extent => Geometry.EnvelopeInternal;

    /// <summary>Whether any part of another geometry lies in it or touches it.</summary>
    public bool Meets(Geometry other)
    {
        lock (_prepared)
        {
            return Extent.Intersects(other.EnvelopeInternal) && _prepared.Value.Intersects(other);
        }
    }

    /// <summary>Its polygons as H3 wants them: rings of longitude, latitude.</summary>
    public IEnumerable<double[][][]> Polygons()
    {
        for (var i = 0; i < Geometry.NumGeometries; i++)
        {
            var polygon = (Polygon)Geometry.GetGeometryN(i);
            yield return [Ring(polygon.ExteriorRing), .. polygon.InteriorRings.Select(Ring)];
        }
    }

    private static double[][] Ring(LineString ring) => [.. ring.Coordinates.Select(c => new[] { c.X, c.Y })];
}
