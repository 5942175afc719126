namespace RealtimeHub.Science.Climate;

/// <summary>How far a forecast was off, in the unit of the variable.</summary>
/// <param name="Rmse">Root mean square error.</param>
/// <param name="Mae">Mean absolute error.</param>
public readonly record struct ErrorScore(double Rmse, double Mae);
