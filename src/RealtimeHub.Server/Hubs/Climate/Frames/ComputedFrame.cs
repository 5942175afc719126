using RealtimeHub.Protocol.Climate;
using RealtimeHub.Protocol.Numerics;

namespace RealtimeHub.Server.Hubs.Climate.Frames;

/// <summary>The numbers of a frame, with the recipe that makes them again.</summary>
/// <remarks>
/// Recipe: with the model that really answered.
/// Cells: the H3 cells of the last dimension; null where that is the grid's.
/// </remarks>
internal sealed record ComputedFrame(FrameRecipe Recipe, IReadOnlyList<NumberBlock> Numbers, IReadOnlyList<string>? Cells = null)
{
    /// <summary>The numbers as they go over the wire, by name.</summary>
    public IReadOnlyDictionary<string, FloatBlock> Blocks { get; } = Numbers.ToDictionary(n => n.Name, n => n.ToWire());

    public string Multihash => field ??= NumberBlock.DigestOf(Blocks);

    public NumberBlock this[string name] => Numbers.First(n => n.Name == name);
}
