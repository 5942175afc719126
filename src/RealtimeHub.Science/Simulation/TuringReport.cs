namespace RealtimeHub.Science.Simulation;

/// <summary>What linear analysis says of an activator and an inhibitor around their uniform state.</summary>
/// <param name="Activator">The activator of the uniform state.</param>
/// <param name="Inhibitor">The inhibitor of the uniform state.</param>
/// <param name="Conditions">Turing's conditions, each with its value, which must be above 0.</param>
/// <param name="IsFulfilled">Whether all conditions hold.</param>
/// <param name="GrowthPerStep">How fast the fastest wave grows, per step; negative when all waves decay.</param>
/// <param name="Wavelength">The length of the fastest growing wave, in cells; absent when none grows.</param>
public sealed record TuringReport(
    double Activator,
    double Inhibitor,
    IReadOnlyList<TuringCondition> Conditions,
    bool IsFulfilled,
    double GrowthPerStep,
    double? Wavelength);
