namespace RealtimeHub.Science.Simulation;

/// <summary>Linear analysis of two diffusing substances on the grid.</summary>
/// <remarks>
/// Turing (1952), in the form of Murray, Mathematical Biology II (2003), 2.3: the uniform state is stable without diffusion (trace below 0,
/// determinant above 0) and unstable with it (Dh·fa + Da·gh above 0, and its square above 4·Da·Dh·det). A wave with the wave
/// number k along a row decays under the five-point Laplacian like κ = 4 sin²(k/2), not k².
/// </remarks>
public static class LinearStability
{
    // κ of a wave along a row reaches 4, of a diagonal one 8.
    private const double MaxAlongRow = 4.0;
    private const double MaxDiagonal = 8.0;
    private const int Samples = 40_000;

    /// <summary>Checks the conditions and finds the wave that grows fastest.</summary>
    public static TuringReport Analyse(double activator, double inhibitor, Jacobian jacobian, double da, double dh)
    {
        var mixed = (dh * jacobian.Fa) + (da * jacobian.Gh);
        TuringCondition[] conditions =
        [
            new("-(fa + gh)", -jacobian.Trace),
            new("fa gh - fh ga", jacobian.Determinant),
            new("Dh fa + Da gh", mixed),
            new("(Dh fa + Da gh)^2 - 4 Da Dh (fa gh - fh ga)", (mixed * mixed) - (4.0 * da * dh * jacobian.Determinant)),
        ];
        var (growth, kappa) = (double.NegativeInfinity, 0.0);
        for (var i = 1; i <= Samples; i++)
        {
            var at = MaxAlongRow * i / Samples;
            if (Growth(jacobian, da, dh, at) is var rate && rate > growth)
            {
                (growth, kappa) = (rate, at);
            }
        }

        var isFulfilled = conditions.All(c => c.Holds);
        double? wavelength = isFulfilled && growth > 0.0 ? Math.PI / Math.Asin(Math.Sqrt(kappa) / 2.0) : null;
        return new TuringReport(activator, inhibitor, conditions, isFulfilled, growth, wavelength);
    }

    /// <summary>The fastest decay of any wave, per step; the explicit step is stable up to 2.</summary>
    public static double LargestStep(Jacobian jacobian, double da, double dh)
    {
        var largest = 0.0;
        for (var i = 0; i <= 800; i++)
        {
            var kappa = MaxDiagonal * i / 800;
            var (trace, determinant) = At(jacobian, da, dh, kappa);
            var root = (trace * trace) - (4.0 * determinant);
            largest = Math.Max(largest, root >= 0.0 ? (Math.Sqrt(root) - trace) / 2.0 : -trace / 2.0);
        }

        return largest;
    }

    /// <summary>The growth per step of a wave: the larger real part of the eigenvalues of J − κD.</summary>
    public static double Growth(Jacobian jacobian, double da, double dh, double kappa)
    {
        var (trace, determinant) = At(jacobian, da, dh, kappa);
        var root = (trace * trace) - (4.0 * determinant);
        return root >= 0.0 ? (trace + Math.Sqrt(root)) / 2.0 : trace / 2.0;
    }

    private static (double Trace, double Determinant) At(Jacobian jacobian, double da, double dh, double kappa)
    {
        var fa = jacobian.Fa - (kappa * da);
        var gh = jacobian.Gh - (kappa * dh);
        return (fa + gh, (fa * gh) - (jacobian.Fh * jacobian.Ga));
    }
}
