using RealtimeHub.Science.Explain;

namespace RealtimeHub.Science.Climate;

/// <summary>Explains the predictions of one variable against the model's own background.</summary>
/// <remarks>
/// <para>
/// What is explained is the predicted value, not only its change: value(t) + share · change. The first term is a feature of the row,
/// so it adds its distance from the baseline to that feature's contribution, exactly, for both methods; the change adds share ·
/// its own contributions. Contributions sum to prediction minus baseline.
/// </para>
/// <para>
/// <c>shap</c>: exact interventional Shapley values (<see cref="TreeShapley"/>) against the first n background rows; the baseline is
/// their mean prediction. <c>ig</c>: exact path attribution (<see cref="TreePathAttribution"/>) from the mean of those rows,
/// rounded to float32; the baseline is the prediction there. Features that are made from others (dewpoint depression,
/// advection) count as features of their own.
/// </para>
/// <para>Immutable, so any number of threads may use it at once; making one folds the background, so keep it.</para>
/// </remarks>
public sealed class ClimateExplainer
{
    private readonly ClimateModel _model;
    private readonly TreeShapley _shapley;
    private readonly float[] _meanRow;
    private readonly double _meanValue;
    private readonly int _valueIndex;

    /// <summary>Prepares explanations.</summary>
    /// <param name="model">The model to explain.</param>
    /// <param name="variable">The variable to explain.</param>
    /// <param name="backgroundRows">How many of the model's background rows are used, at least 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">The model has not that many background rows.</exception>
    public ClimateExplainer(ClimateModel model, ClimateVariable variable, int backgroundRows)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentOutOfRangeException.ThrowIfLessThan(backgroundRows, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(backgroundRows, model.BackgroundRows);
        _model = model;
        Variable = variable;
        BackgroundRows = backgroundRows;
        _valueIndex = ClimateFeatures.IndexOf(variable);
        var background = model.Background.AsSpan(0, backgroundRows * ClimateFeatures.Count);
        _shapley = new(model.Change(variable), background);
        _meanRow = new float[ClimateFeatures.Count];
        for (var feature = 0; feature < _meanRow.Length; feature++)
        {
            var mean = MeanOf(background, feature);
            _meanRow[feature] = (float)mean;
            _meanValue = feature == _valueIndex ? mean : _meanValue;
        }
    }

    /// <summary>The variable that is explained.</summary>
    public ClimateVariable Variable { get; }

    /// <summary>How many background rows are used.</summary>
    public int BackgroundRows { get; }

    /// <summary>The mean prediction over the background, where Shapley values start from.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The lead is not 0 to 10,800 s.</exception>
    public double ShapleyBaseline(long leadSeconds) => _meanValue + (ClimateModel.ShareOf(leadSeconds) * _shapley.Baseline);

    /// <summary>The prediction at the mean of the background, where the path of integrated gradients starts.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The lead is not 0 to 10,800 s.</exception>
    public double PathBaseline(long leadSeconds) => _model.Predict(Variable, _meanRow, leadSeconds);

    /// <summary>Exact Shapley values of one prediction, which is returned. Allocates nothing.</summary>
    /// <param name="row">The features of the cell; all NaN if they are missing, and then so are the contributions.</param>
    /// <param name="leadSeconds">Time after the analysis, 0 to 10,800 s.</param>
    /// <param name="contributions">Receives one value per feature, in the unit of the variable.</param>
    /// <exception cref="ArgumentException">A span has another length, or the lead lies outside its range.</exception>
    public double ExplainShapley(ReadOnlySpan<float> row, long leadSeconds, Span<double> contributions)
    {
        var share = ClimateModel.ShareOf(leadSeconds);
        var change = _shapley.Explain(row, contributions);
        return Finish(row, share, change, _meanValue, contributions);
    }

    /// <summary>Exact path attribution (integrated gradients) of one prediction, which is returned. Allocates nothing.</summary>
    /// <param name="row">The features of the cell; all NaN if they are missing, and then so are the contributions.</param>
    /// <param name="leadSeconds">Time after the analysis, 0 to 10,800 s.</param>
    /// <param name="contributions">Receives one value per feature, in the unit of the variable.</param>
    /// <exception cref="ArgumentException">A span has another length, or the lead lies outside its range.</exception>
    public double ExplainPath(ReadOnlySpan<float> row, long leadSeconds, Span<double> contributions)
    {
        var share = ClimateModel.ShareOf(leadSeconds);
        if (row.Length > 0 && float.IsNaN(row[0]))
        {
            contributions.Fill(double.NaN);
            return double.NaN;
        }

        var change = TreePathAttribution.Explain(_model.Change(Variable), row, _meanRow, contributions);
        return Finish(row, share, change, _meanRow[_valueIndex], contributions);
    }

    private double Finish(ReadOnlySpan<float> row, double share, double change, double start, Span<double> contributions)
    {
        if (float.IsNaN(row[0]))
        {
            contributions.Fill(double.NaN);
            return double.NaN;
        }

        foreach (ref var contribution in contributions)
        {
            contribution *= share;
        }

        contributions[_valueIndex] += row[_valueIndex] - start;
        return row[_valueIndex] + (share * change);
    }

    private static double MeanOf(ReadOnlySpan<float> rows, int feature)
    {
        var sum = 0.0;
        for (var index = feature; index < rows.Length; index += ClimateFeatures.Count)
        {
            sum += rows[index];
        }

        return sum / (rows.Length / ClimateFeatures.Count);
    }
}
