using RealtimeHub.Science.Numerics;

namespace RealtimeHub.Tests.Science.Numerics;

/// <summary>Bit patterns that every machine must reproduce.</summary>
public sealed class DeterministicMathGoldenTests
{
    public static TheoryData<string, Func<double, double>, double, double, string> Checksums => new()
    {
        { "Exp", DeterministicMath.Exp, -745, 709, "2adcf106a1826f30" },
        { "Log", DeterministicMath.Log, 0, 1e6, "7ae75ef8662747fe" },
        { "Sin", DeterministicMath.Sin, -1e6, 1e6, "847ae5f6bb0265de" },
        { "Cos", DeterministicMath.Cos, -1e6, 1e6, "ed254ecbb780756f" },
        { "Tan", DeterministicMath.Tan, -1e6, 1e6, "f69d96a7276e85a7" },
        { "Asin", DeterministicMath.Asin, -1, 1, "6443f298b08b2c11" },
        { "Acos", DeterministicMath.Acos, -1, 1, "ddfe6b5506d300f7" },
        { "Atan", DeterministicMath.Atan, -50, 50, "fbb1c905e8ad9ae5" },
        { "Atan2", x => DeterministicMath.Atan2(x, 1.25 - (x * x)), -2, 2, "f591b29d6f5c8b2f" },
        { "Pow", x => DeterministicMath.Pow(Math.Abs(x), 3.7 - x), -30, 30, "2570a24379293dbc" },
        { "Hypot", x => DeterministicMath.Hypot(x, 1.0 + (0.3 * x)), -50, 50, "d5e3ae072a5d7d49" },
    };

    [Theory]
    [MemberData(nameof(Checksums), DisableDiscoveryEnumeration = true)]
    public void Outputs_over_a_fixed_grid_have_the_golden_checksum(
        string name,
        Func<double, double> function,
        double from,
        double to,
        string expected)
    {
        const int Points = 100_000;
        var hash = 14695981039346656037UL;

        for (var i = 0; i <= Points; i++)
        {
            var x = from + ((to - from) * (i / (double)Points));
            var bits = BitConverter.DoubleToUInt64Bits(function(x));
            hash = (hash ^ bits) * 1099511628211UL;
            hash ^= hash >> 29;
        }

        Assert.Equal($"{name} {expected}", $"{name} {hash:x16}");
    }

    [Fact]
    public void Outputs_of_a_few_arguments_have_the_golden_bits()
    {
        Assert.Equal(0x4005BF0A8B145769UL, BitConverter.DoubleToUInt64Bits(DeterministicMath.Exp(1.0)));
        Assert.Equal(0x40026BB1BBB55516UL, BitConverter.DoubleToUInt64Bits(DeterministicMath.Log(10.0)));
        Assert.Equal(0x3FEAED548F090CEEUL, BitConverter.DoubleToUInt64Bits(DeterministicMath.Sin(1.0)));
        Assert.Equal(0x3FE14A280FB5068CUL, BitConverter.DoubleToUInt64Bits(DeterministicMath.Cos(1.0)));
        Assert.Equal(0x3FF8EB245CBEE3A6UL, BitConverter.DoubleToUInt64Bits(DeterministicMath.Tan(1.0)));
        Assert.Equal(0x3FE921FB54442D18UL, BitConverter.DoubleToUInt64Bits(DeterministicMath.Atan(1.0)));
    }
}
