namespace RealtimeHub.Protocol.Simulation;

/// <summary>What may lie beyond the edges of a field.</summary>
public static class EdgeNames
{
    /// <summary>The opposite edge.</summary>
    public const string Periodic = "periodic";

    /// <summary>The edge's own value.</summary>
    public const string ZeroFlux = "zero_flux";

    /// <summary>The value zero.</summary>
    public const string Fixed = "fixed";

    /// <summary>Every kind.</summary>
    public static IReadOnlyList<string> All { get; } = [Periodic, ZeroFlux, Fixed];
}
