namespace RealtimeHub.Protocol.Simulation;

/// <summary>A jump of one cell.</summary>
public sealed record SpikeInjection
{
    /// <summary>The column, from 0.</summary>
    public int X { get; init; }

    /// <summary>The row, from 0.</summary>
    public int Y { get; init; }

    /// <summary>What is added, in the field's unit (volts for a potential), −1 to 1. Default 0.02.</summary>
    public double Amount { get; init; } = 0.02;
}
