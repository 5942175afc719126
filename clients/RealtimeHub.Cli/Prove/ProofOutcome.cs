namespace RealtimeHub.Cli.Prove;

/// <summary>How a proof went.</summary>
internal enum ProofOutcome
{
    Passed,
    Failed,
    Skipped,
}
