using RealtimeHub.Science.Numerics;

namespace RealtimeHub.Tests.Science.Numerics;

public sealed class DeterministicMathSpecialValuesTests
{
    private static readonly double[] Special =
    [
        0.0, -0.0, 1.0, -1.0, 0.5, -0.5, 2.0, -2.0, 3.0, -3.0, 1.5, -1.5, 1e300, -1e300, 1e-300, -1e-300,
        double.Epsilon, -double.Epsilon, double.MaxValue, double.MinValue, 9007199254740991.0, -9007199254740991.0,
        2147483649.0, double.PositiveInfinity, double.NegativeInfinity, double.NaN,
    ];

    public static TheoryData<string, Func<double, double>, Func<double, double>> Functions => new()
    {
        { "Exp", DeterministicMath.Exp, Math.Exp },
        { "Log", DeterministicMath.Log, Math.Log },
        { "Asin", DeterministicMath.Asin, Math.Asin },
        { "Acos", DeterministicMath.Acos, Math.Acos },
        { "Atan", DeterministicMath.Atan, Math.Atan },
        { "Sin", InRange(DeterministicMath.Sin), InRange(Math.Sin) },
        { "Cos", InRange(DeterministicMath.Cos), InRange(Math.Cos) },
        { "Tan", InRange(DeterministicMath.Tan), InRange(Math.Tan) },
    };

    [Theory]
    [MemberData(nameof(Functions), DisableDiscoveryEnumeration = true)]
    public void Special_values_of_one_argument_are_those_of_Math(string name, Func<double, double> ours, Func<double, double> theirs)
    {
        foreach (var x in Special)
        {
            AssertSame($"{name}({x:R})", theirs(x), ours(x));
        }
    }

    [Fact]
    public void Special_values_of_two_arguments_are_those_of_Math()
    {
        foreach (var x in Special)
        {
            foreach (var y in Special)
            {
                AssertSame($"Pow({x:R}, {y:R})", Math.Pow(x, y), DeterministicMath.Pow(x, y));
                AssertSame($"Atan2({x:R}, {y:R})", Math.Atan2(x, y), DeterministicMath.Atan2(x, y));
                AssertSame($"Hypot({x:R}, {y:R})", double.Hypot(x, y), DeterministicMath.Hypot(x, y));
            }
        }
    }

    private static Func<double, double> InRange(Func<double, double> function) =>
        x => function(double.IsFinite(x) && Math.Abs(x) > DeterministicMath.MaxAngle ? 0.0 : x);

    // The same to the last bit but one; the same sign of zero.
    private static void AssertSame(string what, double expected, double actual)
    {
        var isSame = double.IsNaN(expected)
            ? double.IsNaN(actual)
            : expected == actual
                ? double.IsNegative(expected) == double.IsNegative(actual)
                : actual == Math.BitIncrement(expected) || actual == Math.BitDecrement(expected);
        Assert.True(isSame, $"{what}: expected {expected:R}, got {actual:R}.");
    }
}
