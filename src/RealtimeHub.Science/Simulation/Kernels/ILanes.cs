namespace RealtimeHub.Science.Simulation.Kernels;

/// <summary>Some neighbouring cells that are computed at once: a kernel is written once, for any number of them.</summary>
/// <remarks>Only exact IEEE operations; nothing is fused, reassociated or estimated, so every width gives the same bits.</remarks>
internal interface ILanes<T>
    where T : struct, ILanes<T>
{
    static abstract int Count { get; }

    static abstract T Of(float value);

    static abstract T Load(ref float source, nint at);

    static abstract void Store(T value, ref float target, nint at);

    static abstract T operator +(T left, T right);

    static abstract T operator -(T left, T right);

    static abstract T operator *(T left, T right);

    /// <summary>Per cell <paramref name="then"/> where left is greater than right, else <paramref name="otherwise"/>; NaN is never greater.</summary>
    static abstract T WhereGreater(T left, T right, T then, T otherwise);
}

internal static class Lanes
{
    /// <summary>Keeps values within bounds; NaN stays NaN.</summary>
    [System.Runtime.CompilerServices.MethodImpl(System.Runtime.CompilerServices.MethodImplOptions.AggressiveInlining)]
    public static T Clip<T>(T value, T low, T high)
        where T : struct, ILanes<T>
    {
        var capped = T.WhereGreater(value, high, high, value);
        return T.WhereGreater(low, capped, low, capped);
    }
}
