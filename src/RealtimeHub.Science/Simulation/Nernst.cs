using RealtimeHub.Science.Numerics;

namespace RealtimeHub.Science.Simulation;

/// <summary>The equilibrium potential of one ion (Nernst 1888).</summary>
public static class Nernst
{
    /// <summary>The gas constant as the documented model has it, J/(mol·K).</summary>
    public const double GasConstant = 8.314;

    /// <summary>The Faraday constant, C/mol.</summary>
    public const double FaradayConstant = 96_485.33212;

    /// <summary>Body temperature, K.</summary>
    public const double BodyTemperature = 310.0;

    // Below this the logarithm would leave what the formula describes.
    private const double SmallestConcentration = 1e-6;

    /// <summary>E = RT/(zF) · ln(out/in), in volts; concentrations below 1e-6 mol/l count as that.</summary>
    /// <param name="charge">z, the charge of the ion; not 0.</param>
    /// <param name="outside">The concentration outside, mol/l.</param>
    /// <param name="inside">The concentration inside, mol/l.</param>
    /// <param name="temperature">The temperature, K.</param>
    public static double Potential(int charge, double outside, double inside, double temperature = BodyTemperature)
    {
        ArgumentOutOfRangeException.ThrowIfZero(charge);
        var ratio = Math.Max(outside, SmallestConcentration) / Math.Max(inside, SmallestConcentration);
        return GasConstant * temperature / (charge * FaradayConstant) * DeterministicMath.Log(ratio);
    }
}
