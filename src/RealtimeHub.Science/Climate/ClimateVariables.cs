namespace RealtimeHub.Science.Climate;

/// <summary>Names and units of what the climate model predicts.</summary>
public static class ClimateVariables
{
    private static readonly string[] WireNames = ["t2m", "td2m", "u10", "v10"];

    /// <summary>All predicted variables, in the order in which the model keeps them.</summary>
    public static IReadOnlyList<ClimateVariable> All { get; } =
        [ClimateVariable.T2m, ClimateVariable.Td2m, ClimateVariable.U10, ClimateVariable.V10];

    /// <summary>The name on the wire, for instance <c>t2m</c>.</summary>
    public static string NameOf(ClimateVariable variable) => WireNames[(int)variable];

    /// <summary>The unit, for instance <c>K</c>.</summary>
    public static string UnitOf(ClimateVariable variable) => variable is ClimateVariable.T2m or ClimateVariable.Td2m ? "K" : "m s-1";

    /// <summary>The variable of a wire name; false where the model does not predict it.</summary>
    public static bool TryParse(string? name, out ClimateVariable variable)
    {
        var index = Array.IndexOf(WireNames, name);
        variable = (ClimateVariable)Math.Max(index, 0);
        return index >= 0;
    }
}
