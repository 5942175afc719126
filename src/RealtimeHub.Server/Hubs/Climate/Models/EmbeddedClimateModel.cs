using RealtimeHub.Science.Climate;

namespace RealtimeHub.Server.Hubs.Climate.Models;

/// <summary>The boosted regression trees that come with the server. Thread-safe.</summary>
/// <param name="model">The trees.</param>
/// <param name="loadTime">How long reading them took.</param>
internal sealed class EmbeddedClimateModel(ClimateModel model, TimeSpan loadTime) : IClimateModel
{
    public TimeSpan LoadTime => loadTime;

    public string Version => model.Version;

    /// <summary>The trees, for explanations.</summary>
    public ClimateModel Trees => model;

    public ValueTask<ModelAnswer> PredictAsync(ModelQuestion question, CancellationToken cancellationToken)
    {
        if (question.Version is { } version && version != Version)
        {
            throw new ModelUnavailableException($"The embedded model is {Version}, not {version}.");
        }

        var rows = ClimateFeatures.Build(question.Grid, question.Analysis);
        var values = new Dictionary<ClimateVariable, float[]>();
        foreach (var variable in question.Variables)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var predicted = new float[question.Grid.Cells];
            model.Predict(variable, rows, question.LeadSeconds, predicted);
            values[variable] = predicted;
        }

        return ValueTask.FromResult(new ModelAnswer(Version, values));
    }
}
