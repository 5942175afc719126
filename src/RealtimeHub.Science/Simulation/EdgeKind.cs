namespace RealtimeHub.Science.Simulation;

/// <summary>What lies beyond the edges of a field.</summary>
public enum EdgeKind
{
    /// <summary>The opposite edge: the field is a torus.</summary>
    Periodic,

    /// <summary>The edge's own value: nothing flows through it.</summary>
    ZeroFlux,

    /// <summary>The value zero.</summary>
    Fixed,
}
