using NetTopologySuite.Geometries;
using RealtimeHub.Science.H3;
using RealtimeHub.Server.Hubs.Climate.Data;
using RealtimeHub.Server.Policy.Areas;
using RealtimeHub.Server.Policy.Rules;

namespace RealtimeHub.Server.Policy.Masks;

/// <summary>Works out, once per policy, source and sort of reader, what is shown of every point of the source.</summary>
/// <remarks>
/// Cells are taken by index, not by outline: a point's cell at a coarse resolution is the ancestor of its cell at
/// <see cref="BaseResolution"/>. So the cells of all resolutions nest, and a point that two rules reach belongs to the coarser cell wholly.
/// </remarks>
internal sealed class MaskBuilder
{
    /// <summary>The resolution that all coarser cells are made of.</summary>
    public const int BaseResolution = 9;

    private static readonly GeometryFactory Factory = new(new PrecisionModel(), 4326);

    private readonly FieldGrid _grid;
    private readonly int _k;
    private readonly H3Index[] _cells;
    private readonly (double Latitude, double Longitude)[] _halves;

    public MaskBuilder(FieldGrid grid, int k)
    {
        (_grid, _k) = (grid, k);
        _cells = new H3Index[grid.Points];
        _halves = new (double, double)[grid.Points];
        for (var point = 0; point < grid.Points; point++)
        {
            var (row, column) = (point / grid.Columns, point % grid.Columns);
            _cells[point] = H3Grid.LatLngToCell(new LatLng(grid.LatitudeAt(row, column), grid.LongitudeAt(row, column)), BaseResolution);
            _halves[point] = Footprints.HalfExtent(grid, row, column);
        }
    }

    public MaskedGrid Build(IReadOnlyList<ProtectedArea> areas)
    {
        var state = new int[_grid.Points];
        Array.Fill(state, MaskedGrid.Open);
        var applied = areas.Where(a => a.Rule is ProtectionRule.Deny).Select(Deny).ToList();
        foreach (var point in applied.SelectMany(a => a.Points))
        {
            state[point] = MaskedGrid.Concealed;
        }

        var general = areas.Where(a => a.Rule is ProtectionRule.Generalize).Select(Generalize).ToList();
        var groups = Group(general, state);
        applied.AddRange(general);
        return new MaskedGrid(
            _grid, state, groups, [.. applied.Where(a => a.Points.Length > 0).OrderByDescending(a => a.Area.Rule).ThenBy(a => a.Resolution).ThenBy(a => a.Area.Policy, StringComparer.Ordinal)], _k);
    }

    private AppliedArea Deny(ProtectedArea area)
    {
        return new AppliedArea(area, area.Resolution, area.Cover, [.. PointsIn(area.Cover, area.Resolution).Union(Touched(area)).Order()]);
    }

    private AppliedArea Generalize(ProtectedArea area)
    {
        var touched = Touched(area).ToList();
        for (var resolution = LeakRules.CoarsenForShare(area, area.Resolution); resolution >= 0; resolution--)
        {
            var cells = CellCover.Of(area, resolution);
            cells.UnionWith(touched.Select(p => H3Grid.CellToParent(_cells[p], resolution)));
            var points = PointsIn(cells, resolution).ToArray();
            if (resolution == 0 || HoldsEnough(points, resolution))
            {
                return new AppliedArea(area, resolution, cells, points);
            }
        }

        throw new InvalidOperationException("Resolution 0 is always taken.");
    }

    // Cells at the edge of the source hold fewer points at any resolution; they are concealed later, and do not make the others coarser.
    private bool HoldsEnough(int[] points, int resolution)
    {
        var whole = points.GroupBy(p => H3Grid.CellToParent(_cells[p], resolution)).Where(g => IsInside(g.Key)).Select(g => g.Count()).ToList();
        return whole.Count > 0 ? whole.Min() >= _k : H3Grid.GetHexagonAreaAvgKm2(resolution) >= 2 * _k * Footprints.AverageKm2(_grid, _halves);
    }

    private bool IsInside(H3Index cell) => H3Grid.CellToBoundary(cell).All(c => _grid.Extent.Contains(c.LatitudeDegrees, c.LongitudeDegrees));

    private MaskGroup[] Group(List<AppliedArea> areas, int[] state)
    {
        var coarsest = new int[_grid.Points];
        Array.Fill(coarsest, int.MaxValue);
        foreach (var area in areas)
        {
            foreach (var point in area.Points)
            {
                coarsest[point] = Math.Min(coarsest[point], area.Resolution);
            }
        }

        var groups = new List<MaskGroup>();
        var masked = Enumerable.Range(0, _grid.Points).Where(p => coarsest[p] < int.MaxValue);
        foreach (var members in masked.GroupBy(p => H3Grid.CellToParent(_cells[p], coarsest[p])).OrderBy(g => g.Key))
        {
            var shown = members.Where(p => state[p] != MaskedGrid.Concealed).ToArray();
            var isEnough = shown.Length >= _k;
            foreach (var point in shown)
            {
                state[point] = isEnough ? groups.Count : MaskedGrid.Concealed;
            }

            if (isEnough)
            {
                groups.Add(new MaskGroup(members.Key, shown));
            }
        }

        return [.. groups];
    }

    private IEnumerable<int> PointsIn(IReadOnlySet<H3Index> cells, int resolution) =>
        Enumerable.Range(0, _grid.Points).Where(p => cells.Contains(H3Grid.CellToParent(_cells[p], resolution)));

    // Points whose own share of the ground touches the area, whatever cell they lie in.
    private IEnumerable<int> Touched(ProtectedArea area)
    {
        for (var point = 0; point < _grid.Points; point++)
        {
            var footprint = Footprints.Of(_grid, point, _halves[point]);
            if (area.Extent.Intersects(footprint) && area.Meets(Factory.ToGeometry(footprint)))
            {
                yield return point;
            }
        }
    }
}
