using RealtimeHub.Science.H3;
using RealtimeHub.Server.Policy.Areas;

namespace RealtimeHub.Server.Policy.Masks;

/// <summary>An area as it acts on a grid.</summary>
/// <param name="Area">The area.</param>
/// <param name="Resolution">The resolution it acts at: never finer than its rule's.</param>
/// <param name="Cells">The cells of that resolution that it acts on.</param>
/// <param name="Points">The points that it masks, ascending: those in the cells, and those whose own share of the ground it touches.</param>
internal sealed record AppliedArea(ProtectedArea Area, int Resolution, IReadOnlySet<H3Index> Cells, int[] Points)
{
    /// <summary>The ground of the cells.</summary>
    public CellGround Ground { get; } = new(Cells);

    /// <summary>The rule as a sentence. It names the policy and not the area: that an area is there may itself be what is protected.</summary>
    public string RuleText(int k) => Area.Rule is ProtectionRule.Deny
        ? $"{Area.Policy}: values in and around protected land are withheld (H3 cells of resolution {Resolution})."
        : Resolution < Area.Resolution
            ? $"{Area.Policy}: values are means of H3 cells of resolution {Resolution}; the rule allows {Area.Resolution}, but a cell has to hold {k} points of the source and keep what it covers unrecognisable."
            : $"{Area.Policy}: values are means of H3 cells of resolution {Resolution}.";
}
