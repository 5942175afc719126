namespace RealtimeHub.Server.Hubs.Climate.Models;

/// <summary>Predicts the surface up to three hours after an analysis. Thread-safe.</summary>
/// <remarks>Equal requests to one version have equal answers: that is what a recipe promises.</remarks>
internal interface IClimateModel
{
    /// <summary>The version that answers as things are now; an answer names its own.</summary>
    string Version { get; }

    /// <summary>Predicts whole grids.</summary>
    /// <exception cref="ModelUnavailableException">It cannot answer now, or not as this version.</exception>
    ValueTask<ModelAnswer> PredictAsync(ModelQuestion question, CancellationToken cancellationToken);
}
