using System.Diagnostics;
using System.Runtime.Intrinsics;

namespace RealtimeHub.Benchmarks.Simulating;

/// <summary>What the machine can do at most: bytes moved, and additions and multiplications done.</summary>
internal static class MachineBounds
{
    // Gray and Scott's step as it is written: per cell eleven additions or subtractions and seven multiplications, none of them fused.
    public const int AdditionsPerCell = 11;
    public const int MultiplicationsPerCell = 7;

    /// <summary>What a sweep that makes one step has to move per cell at least: two numbers read and two written.</summary>
    public const int BytesPerCell = 4 * sizeof(float);

    /// <summary>Bytes read and written per second by a copy between two arrays of this size each.</summary>
    public static double CopyBandwidth(int bytesEach, int threads)
    {
        var pairs = Enumerable.Range(0, threads).Select(_ => (From: new float[bytesEach / sizeof(float) / threads], To: new float[bytesEach / sizeof(float) / threads])).ToArray();
        foreach (var (from, to) in pairs)
        {
            from.AsSpan().Fill(1f);
            to.AsSpan().Fill(1f);
        }

        var rounds = Math.Max(3, (int)((2L << 30) / bytesEach));
        return Best(() => Spread(threads, i =>
        {
            for (var round = 0; round < rounds; round++)
            {
                pairs[i].From.AsSpan().CopyTo(pairs[i].To);
            }
        }), 2.0 * bytesEach * rounds);
    }

    /// <summary>Cells per second if nothing had to be loaded or stored: the step's additions and multiplications alone, from registers.</summary>
    public static double ArithmeticCells(int threads)
    {
        const int Vectors = 50_000_000;
        return Best(() => Spread(threads, _ => Keep(Arithmetic(Vectors))), (double)Vectors * Vector512<float>.Count * threads);
    }

    private static void Spread(int threads, Action<int> work)
    {
        if (threads == 1)
        {
            work(0);
        }
        else
        {
            Parallel.For(0, threads, new ParallelOptions { MaxDegreeOfParallelism = threads }, work);
        }
    }

    // Four cells-wide chains side by side, so that the latency of one operation is hidden behind the others.
    private static Vector512<float> Arithmetic(int vectors)
    {
        var (a, b, c, d) = (Vector512.Create(1.01f), Vector512.Create(1.02f), Vector512.Create(1.03f), Vector512.Create(1.04f));
        var (e, f, g, h) = (Vector512.Create(1.05f), Vector512.Create(1.06f), Vector512.Create(1.07f), Vector512.Create(1.08f));
        var (one, small) = (Vector512.Create(0.9999999f), Vector512.Create(1e-7f));
        for (var i = 0; i < vectors; i += 4)
        {
            // Forty-four additions and twenty-eight multiplications, four times eleven and seven.
            for (var half = 0; half < 4; half++)
            {
                a += small;
                b += small;
                c += small;
                d += small;
                a *= one;
                b *= one;
                c *= one;
                e *= one;
                e += small;
                f += small;
                g += small;
                h += small;
                d *= one;
                f *= one;
                g *= one;
                a += small;
                b += small;
                c += small;
            }
        }

        return a + b + c + d + e + f + g + h;
    }

    private static void Keep(Vector512<float> value)
    {
        if (value.ToScalar() == 12345f)
        {
            throw new InvalidOperationException();
        }
    }

    private static double Best(Action work, double amount)
    {
        work();
        var best = 0.0;
        for (var round = 0; round < 3; round++)
        {
            var start = Stopwatch.GetTimestamp();
            work();
            best = Math.Max(best, amount / Stopwatch.GetElapsedTime(start).TotalSeconds);
        }

        return best;
    }
}
