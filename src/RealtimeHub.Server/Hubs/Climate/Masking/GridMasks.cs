using System.Runtime.CompilerServices;
using RealtimeHub.Science.H3;
using RealtimeHub.Server.Policy;
using RealtimeHub.Server.Policy.Masks;

namespace RealtimeHub.Server.Hubs.Climate.Masking;

/// <summary>The masks of decisions, made once for each. Thread-safe.</summary>
internal static class GridMasks
{
    private static readonly ConditionalWeakTable<CareMask, GridMask> Made = [];

    /// <summary>The mask of an allowing decision, on the whole grid of its source.</summary>
    public static GridMask Of(CareDecision decision) =>
        Made.GetValue(decision.Mask ?? throw new ArgumentException("A decision that denies has no mask.", nameof(decision)), mask => Make(mask, $"{decision.PolicyVersion} {decision.ContentKey}"));

    private static GridMask Make(CareMask mask, string key)
    {
        var grid = mask.Grid;
        var concealed = new bool[grid.Points];
        var groups = new SortedDictionary<H3Index, List<int>>();
        for (var point = 0; point < grid.Points; point++)
        {
            var (row, column) = (point / grid.Columns, point % grid.Columns);
            concealed[point] = mask.StateOf(row, column) is CareCellState.Concealed;
            if (mask.CellOf(row, column) is { } cell)
            {
                (groups.TryGetValue(cell, out var members) ? members : groups[cell] = []).Add(point);
            }
        }

        return new GridMask(key, concealed, [.. groups.Values.Select(g => g.ToArray())], grid.Columns);
    }
}
