namespace RealtimeHub.Benchmarks.Comparing;

/// <summary>One line of the result: a value, what it is compared with, and whether that is good enough.</summary>
/// <param name="Measurement">What was measured.</param>
/// <param name="Load">Under which load.</param>
/// <param name="Variant">The server that was measured.</param>
/// <param name="Value">The value, with its unit in <paramref name="Unit"/>.</param>
/// <param name="Unit">The unit of the value and of the reference.</param>
/// <param name="Reference">The value it is compared with.</param>
/// <param name="Ratio">The comparison; a median over the pairs, so not exactly the quotient of the two medians.</param>
/// <param name="Required">What the value or the ratio has to be, as text; null if nothing is required.</param>
/// <param name="Passed">Whether it is; null if nothing is required.</param>
/// <param name="Note">Anything that a reader should know.</param>
internal sealed record ResultRow(
    string Measurement,
    string Load,
    string Variant,
    double? Value,
    string Unit,
    double? Reference = null,
    double? Ratio = null,
    string? Required = null,
    bool? Passed = null,
    string? Note = null);
