namespace RealtimeHub.Server.Hubs.Events.SampleEvents;

/// <summary>SplitMix64 (Steele, Lea and Flood, 2014): the same numbers for a seed on every machine and version. Not thread-safe.</summary>
internal sealed class SampleRandom(ulong seed)
{
    private ulong _state = seed;

    /// <summary>At least 0, less than 1.</summary>
    public double NextDouble() => (NextBits() >> 11) * (1.0 / (1UL << 53));

    /// <summary>Between the two; the second is excluded.</summary>
    public double Between(double from, double to) => from + (to - from) * NextDouble();

    /// <summary>Between the two; the second is included.</summary>
    public int Whole(int from, int to) => from + (int)(NextDouble() * (to - from + 1));

    /// <summary>A duration in whole milliseconds between two numbers of seconds.</summary>
    public TimeSpan Seconds(double from, double to) => TimeSpan.FromMilliseconds(Math.Round(Between(from, to) * 1_000));

    public bool Chance(double probability) => NextDouble() < probability;

    public T Pick<T>(IReadOnlyList<T> items) => items[Whole(0, items.Count - 1)];

    /// <summary>An item, as likely as its weight; at least one weight is above 0.</summary>
    public T Pick<T>(IReadOnlyList<T> items, Func<T, int> weight)
    {
        var left = NextDouble() * items.Sum(weight);
        foreach (var item in items)
        {
            left -= weight(item);
            if (left < 0)
            {
                return item;
            }
        }

        return items[^1];
    }

    public Guid NextGuid()
    {
        Span<byte> bytes = stackalloc byte[16];
        BitConverter.TryWriteBytes(bytes, NextBits());
        BitConverter.TryWriteBytes(bytes[8..], NextBits());

        // Marked as a random one, version 4 of RFC 9562.
        bytes[7] = (byte)(bytes[7] & 0x0F | 0x40);
        bytes[8] = (byte)(bytes[8] & 0x3F | 0x80);
        return new Guid(bytes);
    }

    private ulong NextBits()
    {
        _state += 0x9E3779B97F4A7C15;
        var z = _state;
        z = (z ^ z >> 30) * 0xBF58476D1CE4E5B9;
        z = (z ^ z >> 27) * 0x94D049BB133111EB;
        return z ^ z >> 31;
    }
}
