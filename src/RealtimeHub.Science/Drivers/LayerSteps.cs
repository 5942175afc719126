using System.Runtime.InteropServices;
using RealtimeHub.Science.Numerics;

namespace RealtimeHub.Science.Drivers;

// Cuts a layer into 2^k steps equal in ln p. Pressures go by square roots, so that one logarithm per layer is enough.
[StructLayout(LayoutKind.Auto)]
internal struct LayerSteps
{
    private readonly double _halfRatio;
    private readonly double _halfTemperature;
    private readonly double _halfDewpoint;
    private readonly Parcel _top;
    private int _left;

    public LayerSteps(in Parcel below, in Parcel above, double longestStep)
    {
        var log = DeterministicMath.Log(below.Pressure / above.Pressure);
        var halfRatio = Math.Sqrt(above.Pressure / below.Pressure);
        var fraction = 0.5;
        _left = 1;
        while (log > longestStep)
        {
            log *= 0.5;
            fraction *= 0.5;
            halfRatio = Math.Sqrt(halfRatio);
            _left *= 2;
        }

        Log = log;
        End = below;
        _top = above;
        _halfRatio = halfRatio;
        _halfTemperature = fraction * (above.Temperature - below.Temperature);
        _halfDewpoint = fraction * (above.Dewpoint - below.Dewpoint);
    }

    // Length of every step in ln p; positive.
    public double Log { get; }

    // Pressure at the lower end of the step.
    public double Start { get; private set; }

    public Parcel Middle { get; private set; }

    public Parcel End { get; private set; }

    public bool MoveNext()
    {
        if (_left == 0)
        {
            return false;
        }

        _left--;
        Start = End.Pressure;
        Middle = Half(End);

        // The last step ends on the level itself, not a rounding error beside it.
        End = _left == 0 ? _top : Half(Middle);
        return true;
    }

    private readonly Parcel Half(in Parcel air) =>
        new(air.Pressure * _halfRatio, air.Temperature + _halfTemperature, air.Dewpoint + _halfDewpoint);
}
