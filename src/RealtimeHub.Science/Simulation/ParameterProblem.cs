namespace RealtimeHub.Science.Simulation;

/// <summary>Why a parameter, or several together, cannot be computed with.</summary>
/// <param name="Name">The parameter.</param>
/// <param name="Message">What is wrong, in one sentence.</param>
/// <param name="Value">What was given.</param>
/// <param name="Bound">What is allowed.</param>
public sealed record ParameterProblem(string Name, string Message, string? Value = null, string? Bound = null);
