namespace RealtimeHub.Science.Drivers;

/// <summary>Corrections of a modelled value towards observations, and its anomaly.</summary>
/// <remarks>
/// Formulas of the Kansas Frontier Matrix climate documents, v11.2.2. All values in the unit of the variable; NaN gives NaN.
/// </remarks>
public static class BiasCorrection
{
    /// <summary>Anomaly: realtime value minus baseline (WMO normals 1991–2020).</summary>
    /// <param name="value">Realtime value.</param>
    /// <param name="baseline">Normal of the same place and time of year.</param>
    public static double Anomaly(double value, double baseline) => value - baseline;

    /// <summary>Shifts and stretches a distribution: (x − μ_r) σ_o / σ_r + μ_o.</summary>
    /// <param name="value">Modelled value x.</param>
    /// <param name="model">Mean and standard deviation of the model; a deviation of 0 gives NaN or an infinity.</param>
    /// <param name="observed">Mean and standard deviation of the observations.</param>
    public static double MatchDistribution(
        double value, (double Mean, double Deviation) model, (double Mean, double Deviation) observed) =>
        ((value - model.Mean) * observed.Deviation / model.Deviation) + observed.Mean;

    /// <summary>Takes off a bias that is linear in the value: x − (a x + b).</summary>
    /// <param name="value">Modelled value x.</param>
    /// <param name="slope">a, without unit.</param>
    /// <param name="intercept">b.</param>
    public static double RemoveLinear(double value, double slope, double intercept) => value - ((slope * value) + intercept);

    /// <summary>Quantile mapping: F_obs⁻¹(F_model(x)).</summary>
    /// <remarks>
    /// Both distributions are empirical: the k-th of n sorted values has the probability (k − 1)/(n − 1), linear in between
    /// (Hyndman and Fan 1996, type 7). A value outside the model's sample takes the end of the observed sample. Of equal model
    /// values the lowest rank counts. An empty sample gives NaN.
    /// </remarks>
    /// <param name="value">Modelled value x.</param>
    /// <param name="model">Sample of the model, sorted, rising.</param>
    /// <param name="observed">Sample of the observations, sorted, rising.</param>
    public static double MapQuantile(double value, ReadOnlySpan<double> model, ReadOnlySpan<double> observed)
    {
        if (model.IsEmpty || observed.IsEmpty || double.IsNaN(value))
        {
            return double.NaN;
        }

        var rank = 0;
        while (rank < model.Length && model[rank] < value)
        {
            rank++;
        }

        if (rank == 0)
        {
            return observed[0];
        }

        if (rank == model.Length)
        {
            return observed[^1];
        }

        var place = rank - ((model[rank] - value) / (model[rank] - model[rank - 1]));
        return AtRank(observed, place * (observed.Length - 1) / (model.Length - 1));
    }

    private static double AtRank(ReadOnlySpan<double> sorted, double rank)
    {
        var below = (int)rank;
        return below >= sorted.Length - 1
            ? sorted[^1]
            : sorted[below] + ((rank - below) * (sorted[below + 1] - sorted[below]));
    }
}
