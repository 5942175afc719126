namespace RealtimeHub.Science.Simulation;

/// <summary>The derivatives of two reactions at a uniform state, per step: of f by a, of f by h, of g by a, of g by h.</summary>
public readonly record struct Jacobian(double Fa, double Fh, double Ga, double Gh)
{
    /// <summary>The trace.</summary>
    public double Trace => Fa + Gh;

    /// <summary>The determinant.</summary>
    public double Determinant => (Fa * Gh) - (Fh * Ga);
}
