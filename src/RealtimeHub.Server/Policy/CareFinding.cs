using RealtimeHub.Science.H3;
using RealtimeHub.Server.Policy.Areas;
using RealtimeHub.Server.Policy.Masks;
using RealtimeHub.Server.Policy.Rules;

namespace RealtimeHub.Server.Policy;

/// <summary>What the policy has to say of a place: the mask there, and the areas that make it.</summary>
internal sealed class CareFinding
{
    private readonly IReadOnlyList<AppliedArea> _met;

    private CareFinding(CareMask mask, IReadOnlyList<AppliedArea> met) => (Mask, _met) = (mask, met);

    public CareMask Mask { get; }

    /// <summary>The strongest rule: concealing before any resolution, then the coarsest.</summary>
    public AppliedArea? Winner => _met.Count > 0 ? _met[0] : null;

    public int? CoarsestResolution => _met.Count > 0 && !Mask.IsOpen ? _met.Min(a => a.Resolution) : null;

    public static CareFinding Of(CareRequest request, MaskedGrid masked)
    {
        var mask = new CareMask(masked, PlaceWindows.Of(request.Grid, request.Place));
        var points = CareMask.Points(request.Grid, mask.Window).ToHashSet();
        return new CareFinding(mask, [.. masked.Areas.Where(a => a.Points.Any(points.Contains) || a.Ground.Meets(request.Place.Bounds))]);
    }

    /// <summary>Why nothing may be shown; null if something may.</summary>
    public string? Denial(CareRequest request)
    {
        var denying = _met.Where(a => a.Area.Rule is ProtectionRule.Deny).ToList();
        if (Mask.IsConcealed || denying.Exists(a => Hides(a, request.Place)))
        {
            return request.Place is CarePlace.Point ? "The requested point lies in a protected area." : "The requested region lies in a protected area; nothing of it may be shown.";
        }

        return denying.Count > 0 && request.OnProtected is OnProtected.Deny ? "Requested streaming region intersects protected area." : null;
    }

    public int ZoomCeiling(int serviceMax)
    {
        var ceiling = serviceMax;
        foreach (var met in _met)
        {
            ceiling = Math.Min(ceiling, ZoomCeilings.ForLabel(met.Area.Label));
            if (met.Area.Rule is ProtectionRule.Generalize)
            {
                ceiling = Math.Min(ceiling, ZoomCeilings.ForResolution(met.Resolution, met.Area.Extent.Centre.Y));
            }
        }

        return ceiling;
    }

    /// <summary>The winning rule first, then what else applies.</summary>
    public IReadOnlyList<string> Notes(string winning, int k) =>
        [winning, .. _met.Select(a => a.RuleText(k)).Distinct(StringComparer.Ordinal).Where(t => t != winning)];

    private static bool Hides(AppliedArea denying, CarePlace place) =>
        denying.Ground.Covers(place.Bounds)
        || (place is CarePlace.Point point && denying.Cells.Contains(H3Grid.LatLngToCell(new LatLng(point.Latitude, point.Longitude), denying.Resolution)));
}
