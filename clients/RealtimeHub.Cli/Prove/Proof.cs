namespace RealtimeHub.Cli.Prove;

/// <summary>One delivery guarantee, and how it is put to the test.</summary>
/// <param name="Group">What it belongs to.</param>
/// <param name="Rule">The rule of PROTOCOL.md.</param>
/// <param name="Claim">What is claimed, in a few words.</param>
/// <param name="RunAsync">Tries to disprove it; returns what was seen.</param>
internal sealed record Proof(string Group, string Rule, string Claim, Func<ProofSite, CancellationToken, Task<string>> RunAsync);
