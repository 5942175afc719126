namespace RealtimeHub.Cli.Prove;

/// <summary>One line of the report.</summary>
/// <param name="Group">What it belongs to; <c>--only</c> takes it.</param>
/// <param name="Rule">The rule of PROTOCOL.md that is proven.</param>
/// <param name="Claim">What is claimed.</param>
/// <param name="Result">passed, failed or skipped.</param>
/// <param name="Detail">What was seen; of a skipped one, what it needs.</param>
/// <param name="Milliseconds">How long it took.</param>
internal sealed record ProofResult(string Group, string Rule, string Claim, string Result, string Detail, long Milliseconds);
