namespace RealtimeHub.Science.Simulation;

/// <summary>A jump of one cell of the observed field.</summary>
/// <param name="X">The column, from 0.</param>
/// <param name="Y">The row, from 0.</param>
/// <param name="Amount">What is added, in the field's unit.</param>
public sealed record Spike(int X, int Y, float Amount);
