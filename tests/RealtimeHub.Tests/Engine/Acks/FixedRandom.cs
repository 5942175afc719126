namespace RealtimeHub.Tests.Engine.Acks;

/// <summary>Always the same number, 0 to 1.</summary>
internal sealed class FixedRandom(double value) : Random
{
    public override double NextDouble() => value;
}
