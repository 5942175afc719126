using System.Collections;
using System.Runtime.InteropServices;

namespace RealtimeHub.Client.Accounting;

/// <summary>A set of offsets, kept as sorted ranges that neither touch nor overlap, so that a run of any length costs 16 bytes.</summary>
/// <remarks>
/// Looking up and adding at the end take O(log n) for n ranges; adding in the middle also moves the ranges above.
/// Not thread-safe.
/// </remarks>
public sealed class OffsetRanges : IReadOnlyList<OffsetRange>
{
    private readonly List<OffsetRange> _ranges = [];

    /// <summary>How many ranges there are.</summary>
    public int Count => _ranges.Count;

    /// <summary>How many offsets there are.</summary>
    public long OffsetCount { get; private set; }

    /// <summary>The range at this index, counted from the lowest.</summary>
    public OffsetRange this[int index] => _ranges[index];

    /// <summary>Whether the set holds this offset.</summary>
    public bool Contains(long offset)
    {
        var index = FirstEndingAtOrAfter(offset);
        return index < _ranges.Count && _ranges[index].From <= offset;
    }

    /// <summary>The last offset of the range that holds this offset; null when none does.</summary>
    public long? EndOfRangeAt(long offset)
    {
        var index = FirstEndingAtOrAfter(offset);
        return index < _ranges.Count && _ranges[index].From <= offset ? _ranges[index].To : null;
    }

    /// <summary>How many offsets of <paramref name="from"/> to <paramref name="to"/> the set holds.</summary>
    public long CountIn(long from, long to)
    {
        var count = 0L;
        for (var i = FirstEndingAtOrAfter(from); i < _ranges.Count && _ranges[i].From <= to; i++)
        {
            count += Math.Min(_ranges[i].To, to) - Math.Max(_ranges[i].From, from) + 1;
        }

        return count;
    }

    /// <summary>The offsets of <paramref name="from"/> to <paramref name="to"/> that the set does not hold, in order. Do not change the set meanwhile.</summary>
    public IEnumerable<OffsetRange> Holes(long from, long to)
    {
        var next = from;
        for (var i = FirstEndingAtOrAfter(from); i < _ranges.Count && _ranges[i].From <= to; i++)
        {
            if (_ranges[i].From > next)
            {
                yield return new OffsetRange(next, _ranges[i].From - 1);
            }

            next = _ranges[i].To + 1;
        }

        if (next <= to)
        {
            yield return new OffsetRange(next, to);
        }
    }

    /// <summary>Adds one offset and says whether it is new.</summary>
    public bool Add(long offset) => Add(offset, offset) > 0;

    /// <summary>Adds <paramref name="from"/> to <paramref name="to"/> and says how many of them are new.</summary>
    public long Add(long from, long to)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(to, from);
        var first = FirstEndingAtOrAfter(from - 1);
        var end = first;
        var merged = new OffsetRange(from, to);
        var known = 0L;
        while (end < _ranges.Count && _ranges[end].From <= to + 1)
        {
            var range = _ranges[end++];
            known += range.Count;
            merged = new OffsetRange(Math.Min(merged.From, range.From), Math.Max(merged.To, range.To));
        }

        Replace(first, end - first, [merged]);
        OffsetCount += merged.Count - known;
        return merged.Count - known;
    }

    /// <summary>Removes <paramref name="from"/> to <paramref name="to"/> and says how many of them were there.</summary>
    public long Remove(long from, long to)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(to, from);
        var first = FirstEndingAtOrAfter(from);
        var end = first;
        var removed = 0L;
        Span<OffsetRange> kept = stackalloc OffsetRange[2];
        var keptCount = 0;
        while (end < _ranges.Count && _ranges[end].From <= to)
        {
            var range = _ranges[end++];
            removed += Math.Min(range.To, to) - Math.Max(range.From, from) + 1;
            if (range.From < from)
            {
                kept[keptCount++] = new OffsetRange(range.From, from - 1);
            }

            if (range.To > to)
            {
                kept[keptCount++] = new OffsetRange(to + 1, range.To);
            }
        }

        Replace(first, end - first, kept[..keptCount]);
        OffsetCount -= removed;
        return removed;
    }

    /// <summary>Adds all of these ranges.</summary>
    public void UnionWith(IEnumerable<OffsetRange> ranges)
    {
        foreach (var range in ranges)
        {
            Add(range.From, range.To);
        }
    }

    /// <summary>Removes all of these ranges.</summary>
    public void ExceptWith(IEnumerable<OffsetRange> ranges)
    {
        foreach (var range in ranges)
        {
            Remove(range.From, range.To);
        }
    }

    /// <summary>Removes everything.</summary>
    public void Clear()
    {
        _ranges.Clear();
        OffsetCount = 0;
    }

    /// <summary>The ranges, lowest first.</summary>
    public IEnumerator<OffsetRange> GetEnumerator() => _ranges.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private void Replace(int index, int count, ReadOnlySpan<OffsetRange> with)
    {
        var overwritten = Math.Min(count, with.Length);
        with[..overwritten].CopyTo(CollectionsMarshal.AsSpan(_ranges)[index..]);
        if (count > overwritten)
        {
            _ranges.RemoveRange(index + overwritten, count - overwritten);
        }
        else if (with.Length > overwritten)
        {
            _ranges.InsertRange(index + overwritten, with[overwritten..]);
        }
    }

    private int FirstEndingAtOrAfter(long offset)
    {
        var low = 0;
        var high = _ranges.Count;
        if (high > 0 && _ranges[high - 1].To < offset)
        {
            return high;
        }

        while (low < high)
        {
            var middle = (low + high) >>> 1;
            if (_ranges[middle].To < offset)
            {
                low = middle + 1;
            }
            else
            {
                high = middle;
            }
        }

        return low;
    }
}
