using RealtimeHub.Science.Numerics;

namespace RealtimeHub.Tests.Science.Numerics;

public sealed class DeterministicMathTests
{
    private const int Points = 40_000;

    [Theory]
    [InlineData(-745, 709.7)]
    [InlineData(-1, 1)]
    [InlineData(-1e-6, 1e-6)]
    public void Exp_is_within_one_ulp(double from, double to) =>
        AssertClose(1, from, to, DeterministicMath.Exp, Math.Exp);

    [Theory]
    [InlineData(0, 1e300)]
    [InlineData(0, 10)]
    [InlineData(0.9, 1.1)]
    [InlineData(0, 1e-310)]
    public void Log_is_within_one_ulp(double from, double to) =>
        AssertClose(1, from, to, DeterministicMath.Log, Math.Log);

    [Theory]
    [InlineData(-10, 10)]
    [InlineData(-1e6, 1e6)]
    [InlineData(-1e-3, 1e-3)]
    [InlineData(3.14159, 3.1416)]
    public void Sin_and_Cos_are_within_one_ulp(double from, double to)
    {
        AssertClose(1, from, to, DeterministicMath.Sin, Math.Sin);
        AssertClose(1, from, to, DeterministicMath.Cos, Math.Cos);
    }

    [Theory]
    [InlineData(-10, 10)]
    [InlineData(-1e6, 1e6)]
    [InlineData(1.5707, 1.5709)]
    public void Tan_is_within_two_ulp(double from, double to) =>
        AssertClose(2, from, to, DeterministicMath.Tan, Math.Tan);

    [Theory]
    [InlineData(-1, 1)]
    [InlineData(0.97, 1)]
    [InlineData(-1e-7, 1e-7)]
    public void Asin_and_Acos_are_within_one_ulp(double from, double to)
    {
        AssertClose(1, from, to, DeterministicMath.Asin, Math.Asin);
        AssertClose(1, from, to, DeterministicMath.Acos, Math.Acos);
    }

    [Theory]
    [InlineData(-4, 4)]
    [InlineData(-1e6, 1e6)]
    [InlineData(-1e-8, 1e-8)]
    public void Atan_is_within_one_ulp(double from, double to) =>
        AssertClose(1, from, to, DeterministicMath.Atan, Math.Atan);

    [Theory]
    [InlineData(1.0)]
    [InlineData(1e-5)]
    [InlineData(1e200)]
    public void Atan2_is_within_two_ulp_all_around(double radius) =>
        AssertClose(
            2,
            -4,
            4,
            angle => DeterministicMath.Atan2(radius * Math.Sin(angle), Math.Cos(angle)),
            angle => Math.Atan2(radius * Math.Sin(angle), Math.Cos(angle)));

    [Theory]
    [InlineData(0.5, 2, -300, 300)]
    [InlineData(0, 1e10, -20, 20)]
    [InlineData(0, 1e-300, -1, 1)]
    [InlineData(0.999999, 1.000001, -1e8, 1e8)]
    public void Pow_is_within_one_ulp(double from, double to, double fromPower, double toPower)
    {
        var random = new Random(20_250_801);

        for (var i = 0; i < Points; i++)
        {
            var x = from + ((to - from) * random.NextDouble());
            var y = fromPower + ((toPower - fromPower) * random.NextDouble());
            AssertUlp(1, Math.Pow(x, y), DeterministicMath.Pow(x, y), x, y);
        }
    }

    [Fact]
    public void Pow_of_integers_is_exact()
    {
        var product = 1.0;

        for (var i = 0; i < 33; i++)
        {
            Assert.Equal(product, DeterministicMath.Pow(3.0, i));
            Assert.Equal(i % 2 == 0 ? product : -product, DeterministicMath.Pow(-3.0, i));
            product *= 3.0;
        }
    }

    [Theory]
    [InlineData(1.0)]
    [InlineData(1e-320)]
    [InlineData(1e-160)]
    [InlineData(1e150)]
    [InlineData(1e307)]
    public void Hypot_is_within_one_ulp_at_any_scale(double scale)
    {
        var random = new Random(7);

        for (var i = 0; i < Points; i++)
        {
            var (x, y) = (random.NextDouble() - 0.5, random.NextDouble() * random.NextDouble());
            AssertUlp(1, double.Hypot(x * scale, y * scale), DeterministicMath.Hypot(x * scale, y * scale), x, y);
        }
    }

    [Fact]
    public void SinCos_is_Sin_and_Cos()
    {
        for (var x = -20.0; x < 20.0; x += 0.01)
        {
            Assert.Equal((DeterministicMath.Sin(x), DeterministicMath.Cos(x)), DeterministicMath.SinCos(x));
        }
    }

    [Fact]
    public void Functions_rise_and_fall_where_they_must()
    {
        for (var i = 1; i < Points; i++)
        {
            var (low, high) = ((i - 1) / (double)Points, i / (double)Points);
            Assert.True(DeterministicMath.Exp(low) < DeterministicMath.Exp(high));
            Assert.True(DeterministicMath.Log(low) < DeterministicMath.Log(high));
            Assert.True(DeterministicMath.Sin(low) < DeterministicMath.Sin(high));
            Assert.True(DeterministicMath.Cos(low) > DeterministicMath.Cos(high));
            Assert.True(DeterministicMath.Tan(low) < DeterministicMath.Tan(high));
            Assert.True(DeterministicMath.Asin(low) < DeterministicMath.Asin(high));
            Assert.True(DeterministicMath.Acos(low) > DeterministicMath.Acos(high));
            Assert.True(DeterministicMath.Atan(low) < DeterministicMath.Atan(high));
            Assert.True(DeterministicMath.Pow(low, 1.7) < DeterministicMath.Pow(high, 1.7));
        }
    }

    [Fact]
    public void Functions_do_not_step_back_from_one_double_to_the_next()
    {
        foreach (var start in (double[])[0.25, 0.34657359027997264, 0.4375, 0.5, 0.674335, 0.6875, 0.78539816339744828, 0.97499])
        {
            var x = start;
            for (var i = 0; i < 2_000; i++)
            {
                var next = Math.BitIncrement(x);
                Assert.True(DeterministicMath.Exp(x) <= DeterministicMath.Exp(next), $"Exp at {x:R}");
                Assert.True(DeterministicMath.Log(x) <= DeterministicMath.Log(next), $"Log at {x:R}");
                Assert.True(DeterministicMath.Atan(x) <= DeterministicMath.Atan(next), $"Atan at {x:R}");
                x = next;
            }
        }
    }

    [Fact]
    public void An_angle_beyond_the_range_is_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => DeterministicMath.Sin(2e6));
        Assert.Throws<ArgumentOutOfRangeException>(() => DeterministicMath.Tan(-2e6));
        Assert.Equal(double.NaN, DeterministicMath.Cos(double.PositiveInfinity));
    }

    private static void AssertClose(long ulps, double from, double to, Func<double, double> ours, Func<double, double> theirs)
    {
        for (var i = 0; i <= Points; i++)
        {
            var x = from + ((to - from) * i / Points);
            AssertUlp(ulps, theirs(x), ours(x), x, double.NaN);
        }
    }

    private static void AssertUlp(long ulps, double expected, double actual, double x, double y)
    {
        var distance = Math.Abs(Ordered(expected) - Ordered(actual));
        Assert.True(distance <= ulps, $"At {x:R}, {y:R}: expected {expected:R}, got {actual:R}, {distance} ulp apart.");
    }

    private static long Ordered(double value)
    {
        var bits = BitConverter.DoubleToInt64Bits(value);
        return bits < 0 ? long.MinValue - bits : bits;
    }
}
