namespace RealtimeHub.Science.Simulation;

/// <summary>A field holds a value that is not a finite number, so going on would show nonsense.</summary>
public sealed class SimulationDivergedException(string field, long step)
    : Exception(FormattableString.Invariant($"The field {field} is not finite after step {step}."))
{
    /// <summary>The field.</summary>
    public string Field { get; } = field;

    /// <summary>The step.</summary>
    public long Step { get; } = step;
}
