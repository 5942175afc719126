namespace RealtimeHub.Science.Simulation;

/// <summary>One of Turing's conditions.</summary>
/// <param name="Name">The condition as a formula.</param>
/// <param name="Value">Its left side, which must be above 0.</param>
public sealed record TuringCondition(string Name, double Value)
{
    /// <summary>Whether it holds.</summary>
    public bool Holds => Value > 0.0;
}
