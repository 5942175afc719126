using RealtimeHub.Engine.Cursors;

namespace RealtimeHub.Tests.Engine.Cursors;

/// <summary>A log as plain lists, for rules that look at nothing else: frame n has the n-th size and key.</summary>
internal sealed class PlainLagIndex : ILagIndex
{
    private readonly List<int> _sizes = [];
    private readonly List<string?> _keys = [];

    public long Newest => _sizes.Count;

    public long OldestKept { get; set; } = 1;

    public static PlainLagIndex Of(IEnumerable<(int Size, string? Key)> frames)
    {
        var index = new PlainLagIndex();
        foreach (var (size, key) in frames)
        {
            index.Append(size, key);
        }

        return index;
    }

    public void Append(int size, string? key = null)
    {
        _sizes.Add(size);
        _keys.Add(key);
    }

    public int Size(long offset) => _sizes[(int)offset - 1];

    public string? Key(long offset) => _keys[(int)offset - 1];

    public long BytesAfter(long offset) =>
        offset >= Newest ? 0 : offset + 1 < OldestKept ? long.MaxValue : _sizes.Skip((int)offset).Sum(s => (long)s);

    public bool IsSuperseded(long offset, long upTo) =>
        offset >= OldestKept && offset <= Newest && Key(offset) is { } key && _keys.Take((int)Math.Min(upTo, Newest)).Skip((int)offset).Contains(key);
}
