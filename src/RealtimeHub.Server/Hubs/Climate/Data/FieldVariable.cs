namespace RealtimeHub.Server.Hubs.Climate.Data;

/// <summary>One variable of a source.</summary>
/// <remarks>
/// Units: as the source spells them; empty where it does not say.
/// Levels: its levels from the ground up; empty for a field on one surface.
/// LevelUnits: the units of the levels, for pressure usually hPa.
/// HeightMetres: its height above ground, where the source names one.
/// CellMethods: how it stands for its time: a sum over hours, say, is not to be interpolated.
/// IsDerived: computed from other variables when the source was made.
/// IsStatic: the same at every time.
/// </remarks>
internal sealed record FieldVariable(
    string Name,
    string Units,
    string? StandardName,
    string? LongName,
    IReadOnlyList<double> Levels,
    string? LevelUnits,
    double? HeightMetres,
    string? CellMethods,
    bool IsDerived,
    bool IsStatic)
{
    public bool HasLevels => Levels.Count > 0;

    /// <summary>The index of a level from the ground up, or −1.</summary>
    public int IndexOfLevel(double level)
    {
        for (var i = 0; i < Levels.Count; i++)
        {
            if (Math.Abs(Levels[i] - level) <= 1e-6 * Math.Max(1, Math.Abs(level)))
            {
                return i;
            }
        }

        return -1;
    }
}
