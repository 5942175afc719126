namespace RealtimeHub.Science.Simulation;

/// <summary>One parameter of a model.</summary>
/// <param name="Name">Its name, as on the wire.</param>
/// <param name="Default">Its value when none is given.</param>
/// <param name="Min">The smallest value allowed.</param>
/// <param name="Max">The largest value allowed, or the first that is not.</param>
/// <param name="Unit">Its unit; 1 for none.</param>
/// <param name="Meaning">What it is.</param>
public sealed record ModelParameter(string Name, double Default, double Min, double Max, string Unit, string Meaning)
{
    /// <summary>Whether <see cref="Max"/> itself is not allowed any more.</summary>
    public bool IsMaxExclusive { get; init; }

    /// <summary>Whether it can be changed while a run is at work.</summary>
    public bool CanSteer { get; init; }

    /// <summary>The range, for people.</summary>
    public string Range => FormattableString.Invariant($"{Min}..{(IsMaxExclusive ? "<" : "")}{Max}");

    /// <summary>Whether a value is within the range.</summary>
    public bool Allows(double value) => value >= Min && (IsMaxExclusive ? value < Max : value <= Max);
}
