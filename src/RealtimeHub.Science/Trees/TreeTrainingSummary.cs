namespace RealtimeHub.Science.Trees;

/// <summary>How an ensemble was trained, kept with it.</summary>
/// <param name="Method">Name of the method.</param>
/// <param name="Options">The options it was grown with.</param>
/// <param name="Rows">How many rows it was trained on.</param>
/// <param name="TargetRootMeanSquare">Root mean square of the target around its mean, in the unit of the target.</param>
/// <param name="ResidualRootMeanSquare">Root mean square of what the ensemble leaves over on its own training rows. Not a measure of skill.</param>
public sealed record TreeTrainingSummary(
    string Method,
    TreeTrainingOptions Options,
    int Rows,
    double TargetRootMeanSquare,
    double ResidualRootMeanSquare);
