using System.Numerics;

namespace RealtimeHub.Science.Simulation.Features;

/// <summary>The power spectrum of a field.</summary>
public static class FieldSpectrum
{
    /// <summary>The length in cells of the waves that hold most of a field's power; 0 for a uniform field.</summary>
    /// <remarks>The powers of all waves are added up by the rounded number of waves per grid; the answer is the power-weighted mean around the strongest. A grid
    /// whose side is no power of two is cut to the next smaller one.</remarks>
    public static double DominantWavelength(FieldGrid grid, int field)
    {
        var size = 1 << BitOperations.Log2((uint)grid.Size);
        var power = RingPower(grid, field, size);
        var peak = Array.IndexOf(power, power.Max());
        if (power[peak] <= 0.0)
        {
            return 0.0;
        }

        var (weight, sum) = (0.0, 0.0);
        for (var ring = Math.Max(1, peak - 1); ring <= Math.Min(power.Length - 1, peak + 1); ring++)
        {
            weight += power[ring];
            sum += power[ring] * ring;
        }

        return size / (sum / weight);
    }

    private static double[] RingPower(FieldGrid grid, int field, int size)
    {
        var waves = new Complex[size, size];
        var line = new Complex[size];
        for (var row = 0; row < size; row++)
        {
            var cells = grid.Row(field, row);
            for (var i = 0; i < size; i++)
            {
                line[i] = cells[i];
            }

            Transform(line);
            for (var i = 0; i < size; i++)
            {
                waves[row, i] = line[i];
            }
        }

        var power = new double[(size / 2) + 1];
        for (var column = 0; column < size; column++)
        {
            for (var i = 0; i < size; i++)
            {
                line[i] = waves[i, column];
            }

            Transform(line);
            for (var row = 0; row < size; row++)
            {
                var (x, y) = (Math.Min(column, size - column), Math.Min(row, size - row));
                var ring = (int)Math.Round(Math.Sqrt((x * x) + (y * y)));
                if (ring > 0 && ring < power.Length)
                {
                    power[ring] += (line[row] * Complex.Conjugate(line[row])).Real;
                }
            }
        }

        return power;
    }

    // Cooley and Tukey (1965), in place, for a power of two.
    private static void Transform(Complex[] line)
    {
        var bits = BitOperations.Log2((uint)line.Length);
        for (var i = 0; i < line.Length; i++)
        {
            var reversed = 0;
            for (var bit = 0; bit < bits; bit++)
            {
                reversed |= (i >> bit & 1) << (bits - 1 - bit);
            }

            if (reversed > i)
            {
                (line[i], line[reversed]) = (line[reversed], line[i]);
            }
        }

        for (var length = 2; length <= line.Length; length *= 2)
        {
            var turn = Complex.FromPolarCoordinates(1.0, -2.0 * Math.PI / length);
            for (var start = 0; start < line.Length; start += length)
            {
                var phase = Complex.One;
                for (var i = start; i < start + (length / 2); i++)
                {
                    var (even, odd) = (line[i], line[i + (length / 2)] * phase);
                    (line[i], line[i + (length / 2)]) = (even + odd, even - odd);
                    phase *= turn;
                }
            }
        }
    }
}
