using RealtimeHub.Protocol.Numerics;
using RealtimeHub.Science.Numerics;

namespace RealtimeHub.Server.Hubs.Climate.Frames;

/// <summary>Named numbers of a frame, quantised already.</summary>
/// <remarks>
/// Quantum: what the numbers are multiples of.
/// Origin: of <see cref="Protocol.Climate.ValueOrigins"/>.
/// Levels: the levels of the first dimension; empty for a field on one surface.
/// </remarks>
internal sealed record NumberBlock(string Name, IReadOnlyList<int> Shape, float[] Values, string Unit, double Quantum, string Origin)
{
    public IReadOnlyList<double> Levels { get; init; } = [];

    public string? LevelUnit { get; init; }

    public FloatBlock ToWire() => FloatBlock.Of(Values, Shape, Unit);

    /// <summary>The checksum of blocks as they go over the wire.</summary>
    public static string DigestOf(IEnumerable<KeyValuePair<string, FloatBlock>> blocks)
    {
        var digest = new BlockDigest();
        foreach (var (name, block) in blocks)
        {
            digest.Add(name, block.Dtype, block.Shape, block.Data.Bytes);
        }

        return digest.ToMultihash();
    }
}
