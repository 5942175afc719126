using System.Runtime.CompilerServices;

namespace RealtimeHub.Science.Simulation.Kernels;

internal readonly struct Lanes32(float value) : ILanes<Lanes32>
{
    private readonly float _value = value;

    public static int Count => 1;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes32 Of(float value) => new(value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes32 Load(ref float source, nint at) => new(Unsafe.Add(ref source, at));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Lanes32 value, ref float target, nint at) => Unsafe.Add(ref target, at) = value._value;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes32 operator +(Lanes32 left, Lanes32 right) => new(left._value + right._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes32 operator -(Lanes32 left, Lanes32 right) => new(left._value - right._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes32 operator *(Lanes32 left, Lanes32 right) => new(left._value * right._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes32 WhereGreater(Lanes32 left, Lanes32 right, Lanes32 then, Lanes32 otherwise) =>
        left._value > right._value ? then : otherwise;
}
