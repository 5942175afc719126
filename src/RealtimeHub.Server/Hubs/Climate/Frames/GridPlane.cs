using RealtimeHub.Server.Hubs.Climate.Masking;

namespace RealtimeHub.Server.Hubs.Climate.Frames;

/// <summary>One variable on the whole grid of a source, as a decision lets it be seen. Not to be written to.</summary>
/// <remarks>Values: plane by plane where it has levels, row by row, not yet quantised.</remarks>
internal sealed record GridPlane(string Name, string Unit, string Origin, float[] Values, IReadOnlyList<double> Levels, string? LevelUnit)
{
    public static GridPlane Of(string name, string unit, string origin, float[] values) => new(name, unit, origin, values, [], null);

    /// <summary>Hides in place what must not be shown.</summary>
    public GridPlane Hide(GridMask mask, int points)
    {
        for (var start = 0; start < Values.Length; start += points)
        {
            mask.HideOutput(Values.AsSpan(start, points));
        }

        return this;
    }
}
