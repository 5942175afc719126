using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace RealtimeHub.Science.Simulation.Kernels;

/// <summary>The five-point neighbourhood of each cell of a row, in every field.</summary>
internal readonly ref struct Stencil
{
    private readonly ref float _middle;
    private readonly ref float _out;
    private readonly nint _up;
    private readonly nint _down;
    private readonly nint _sourcePlane;
    private readonly nint _targetPlane;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Stencil(in RowWindow window)
    {
        _middle = ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(window.Source), window.Middle);
        _out = ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(window.Target), window.Out);
        _up = window.Up - window.Middle;
        _down = window.Down - window.Middle;
        _sourcePlane = window.SourcePlane;
        _targetPlane = window.TargetPlane;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T Here<T>(int field, int at)
        where T : struct, ILanes<T> =>
        T.Load(ref _middle, (field * _sourcePlane) + at);

    /// <summary>The sum of the four neighbours: up and down, and left and right, then both.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T Around<T>(int field, int at)
        where T : struct, ILanes<T>
    {
        var here = (field * _sourcePlane) + at;
        var vertical = T.Load(ref _middle, here + _up) + T.Load(ref _middle, here + _down);
        return vertical + (T.Load(ref _middle, here - 1) + T.Load(ref _middle, here + 1));
    }

    /// <summary>The sum of the four neighbours less four times the cell.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T Laplacian<T>(int field, int at)
        where T : struct, ILanes<T> =>
        Around<T>(field, at) - (T.Of(4f) * Here<T>(field, at));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Put<T>(int field, int at, T value)
        where T : struct, ILanes<T> =>
        T.Store(value, ref _out, (field * _targetPlane) + at);
}
