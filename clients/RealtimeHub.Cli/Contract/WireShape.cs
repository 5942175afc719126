namespace RealtimeHub.Cli.Contract;

/// <summary>The form of one value.</summary>
/// <param name="Kind">Which form.</param>
/// <param name="Names">The type it is, or the tables of constants it is from.</param>
/// <param name="Item">What a list or a map holds.</param>
/// <param name="Bits">The size of an integer or a number.</param>
internal sealed record WireShape(WireKind Kind, IReadOnlyList<string>? Names = null, WireShape? Item = null, int Bits = 0)
{
    public string Name => Names![0];
}
