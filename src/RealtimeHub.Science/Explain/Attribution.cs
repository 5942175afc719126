namespace RealtimeHub.Science.Explain;

/// <summary>What each feature contributed to one prediction.</summary>
/// <param name="Baseline">What is predicted with no feature known: for Shapley values the mean over the background, for a path its start.</param>
/// <param name="Prediction">What is predicted for the row.</param>
/// <param name="Contributions">One per feature, in the unit of the prediction; they sum to prediction minus baseline.</param>
public sealed record Attribution(double Baseline, double Prediction, double[] Contributions);
