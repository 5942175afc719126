namespace RealtimeHub.Science.Climate;

/// <summary>How well one variable was forecast three hours ahead where the model had not been trained.</summary>
/// <param name="Variable">Wire name of the variable.</param>
/// <param name="Unit">Unit of the errors.</param>
/// <param name="HeldOut">What training had not seen: a valid time in ISO 8601, or "all" over everything that was held out in turn.</param>
/// <param name="Cells">Over how many cells and times the errors are taken.</param>
/// <param name="Model">The model, from the analysis three hours before.</param>
/// <param name="Persistence">Nothing changes for three hours.</param>
/// <param name="Interpolation">The mean of the analyses three hours before and after. It knows the future, which a forecast does not.</param>
public sealed record ClimateSkill(
    string Variable,
    string Unit,
    string HeldOut,
    int Cells,
    ErrorScore Model,
    ErrorScore Persistence,
    ErrorScore Interpolation);
