using RealtimeHub.Server.Hubs.Climate.Data;

namespace RealtimeHub.Server.Policy.Masks;

/// <summary>
/// What is shown of every point of a source: its own value, the mean of its group, or nothing. It follows from the policy, the grid and the
/// sort of reader, never from a request: requests cut windows out of it. So no sequence of requests, however they are shifted or nested, tells
/// more than the whole of it does. Immutable.
/// </summary>
internal sealed class MaskedGrid
{
    public const int Open = -1;
    public const int Concealed = -2;

    private readonly int[] _groupOf;
    private readonly MaskGroup[] _groups;

    /// <param name="grid">The whole grid of the source.</param>
    /// <param name="groupOf">Per point <see cref="Open"/>, <see cref="Concealed"/> or the number of its group.</param>
    /// <param name="groups">The groups with all their points.</param>
    /// <param name="areas">What made points be masked, the strongest first.</param>
    /// <param name="minPoints">How many points a mean is made of at least.</param>
    public MaskedGrid(FieldGrid grid, int[] groupOf, MaskGroup[] groups, IReadOnlyList<AppliedArea> areas, int minPoints) =>
        (Grid, _groupOf, _groups, Areas, MinPoints) = (grid, groupOf, groups, areas, minPoints);

    public FieldGrid Grid { get; }

    public int MinPoints { get; }

    /// <summary>The areas that mask something of this grid, the strongest first.</summary>
    public IReadOnlyList<AppliedArea> Areas { get; }

    public IReadOnlyList<MaskGroup> Groups => _groups;

    public CareCellState StateOf(int point) => _groupOf[point] switch
    {
        Open => CareCellState.Open,
        Concealed => CareCellState.Concealed,
        _ => CareCellState.Generalized,
    };

    /// <summary>The group of a point; null where it has none.</summary>
    public MaskGroup? GroupOf(int point) => _groupOf[point] is >= 0 and var group ? _groups[group] : null;

    public int GroupNumberOf(int point) => _groupOf[point];
}
