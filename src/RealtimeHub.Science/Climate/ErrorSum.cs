namespace RealtimeHub.Science.Climate;

/// <summary>Adds up errors in order. Used by one caller at a time.</summary>
internal sealed class ErrorSum
{
    private double _squares;
    private double _magnitudes;

    public int Count { get; private set; }

    /// <summary>The score so far, rounded to a ten-thousandth; NaN before the first error.</summary>
    public ErrorScore Score => new(Rounded(Math.Sqrt(_squares / Count)), Rounded(_magnitudes / Count));

    public void Add(double error)
    {
        _squares += error * error;
        _magnitudes += Math.Abs(error);
        Count++;
    }

    private static double Rounded(double value) => Math.Round(value * 1e4) / 1e4;
}
