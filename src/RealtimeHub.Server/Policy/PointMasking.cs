using Microsoft.Extensions.Options;
using NetTopologySuite.Geometries;
using RealtimeHub.Science.H3;
using RealtimeHub.Server.Auth;
using RealtimeHub.Server.Policy.Areas;
using RealtimeHub.Server.Policy.Rules;

namespace RealtimeHub.Server.Policy;

/// <summary>Shows records that have a place (stations, sites, observations) no more exactly than the policy allows. Thread-safe.</summary>
internal sealed class PointMasking(PolicyStore policies, IOptions<CareOptions> options)
{
    private static readonly GeometryFactory Factory = new(new PrecisionModel(), 4326);

    /// <summary>Where to show a record; null if it is not shown at all.</summary>
    /// <param name="reader">Who sees it.</param>
    /// <param name="recordId">Identifies the record, for ever.</param>
    /// <param name="place">Where it is.</param>
    /// <param name="label">How sensitive the record itself is; the area that it lies in may make it more so. Null: not sensitive, so it is displaced in protected areas only.</param>
    public LatLng? Show(Principal reader, string recordId, LatLng place, SensitivityLabel? label = null)
    {
        var policy = policies.Current;
        if (!policy.IsReadable)
        {
            return null;
        }

        var audience = CareAudience.Of(reader, policy);
        var areas = policy.Areas.Where(a => !audience.IsExemptFrom(a)).ToList();
        var around = areas.Where(a => Reaches(a, place)).ToList();
        if (IsConcealed(areas, place))
        {
            return null;
        }

        if ((around.Count > 0 ? (SensitivityLabel)Math.Max((int)around.Max(a => a.Label), (int)(label ?? 0)) : label) is not { } strongest)
        {
            return place;
        }

        return options.Value.DisplacementSecret is { } secret
            ? PointDisplacement.Displace(secret, recordId, place, strongest, shown => !IsConcealed(areas, shown))
            : null;
    }

    private static bool IsConcealed(IEnumerable<ProtectedArea> areas, LatLng place) =>
        areas.Any(a => a.Rule is ProtectionRule.Deny && Reaches(a, place));

    private static bool Reaches(ProtectedArea area, LatLng place) =>
        area.Cover.Contains(H3Grid.LatLngToCell(place, area.Resolution)) || area.Meets(Point(place));

    private static Point Point(LatLng place) => Factory.CreatePoint(new Coordinate(place.LongitudeDegrees, place.LatitudeDegrees));
}
