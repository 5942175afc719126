namespace RealtimeHub.Science.Drivers;

// The parabola through three values at s = 0, ½ and 1.
internal readonly struct Parabola
{
    private readonly double _linear;
    private readonly double _square;

    public Parabola(double start, double middle, double end)
    {
        Start = start;
        Middle = middle;
        End = end;
        _linear = (4.0 * middle) - (3.0 * start) - end;
        _square = 2.0 * (start - (2.0 * middle) + end);
    }

    public double Start { get; }

    public double Middle { get; }

    public double End { get; }

    // Whether the three values have one sign; a bulge between two of them is beyond what the parabola can tell.
    public bool HasOneSign =>
        (Start >= 0.0 && Middle >= 0.0 && End >= 0.0) || (Start <= 0.0 && Middle <= 0.0 && End <= 0.0);

    // Simpson's rule.
    public double Area => (Start + (4.0 * Middle) + End) / 6.0;

    // The integral from 0 to s.
    public double AreaTo(double s) => s * (Start + (s * ((0.5 * _linear) + (s * (_square / 3.0)))));

    // The real roots in rising order; NaN where there is none. In the form that loses no digits (Press and others 2007, 5.6).
    public (double First, double Second) Roots()
    {
        var discriminant = (_linear * _linear) - (4.0 * _square * Start);
        var root = Math.Sqrt(discriminant);
        var q = -0.5 * (_linear + (_linear < 0.0 ? -root : root));
        var first = q / _square;
        var second = Start / q;
        return first < second ? (first, second) : (second, first);
    }
}
