using RealtimeHub.Cli.Wire;
using RealtimeHub.Client.Connections;
using RealtimeHub.Protocol.Errors;

namespace RealtimeHub.Cli.Prove;

/// <summary>Runs proofs one after another and says how each went.</summary>
internal sealed class ProofRun(ProofSite site)
{
    // However a deployment behaves, a proof ends.
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(3);

    /// <summary>All proofs, in the order in which they run.</summary>
    public static IReadOnlyList<Proof> All { get; } =
    [
        .. RecoveryProofs.All, .. OrderingProofs.All, .. LossProofs.All, .. AckProofs.All, .. AccessProofs.All, .. GovernanceProofs.All, .. SimulationProofs.All, .. NodeProofs.All,
    ];

    /// <summary>The groups, in order.</summary>
    public static IReadOnlyList<string> Groups { get; } = [.. All.Select(p => p.Group).Distinct()];

    public async Task<ProofResult> RunAsync(Proof proof, CancellationToken cancellationToken)
    {
        var started = site.Time.GetTimestamp();
        using var limit = new CancellationTokenSource(Limit, site.Time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        var (outcome, detail) = await TryAsync(proof, limit, either.Token, cancellationToken).ConfigureAwait(false);
        return new ProofResult(
            proof.Group, proof.Rule, proof.Claim, outcome.ToString().ToLowerInvariant(), detail, (long)site.Time.GetElapsedTime(started).TotalMilliseconds);
    }

    private async Task<(ProofOutcome, string)> TryAsync(Proof proof, CancellationTokenSource limit, CancellationToken either, CancellationToken cancellationToken)
    {
        try
        {
            return (ProofOutcome.Passed, await proof.RunAsync(site, either).ConfigureAwait(false));
        }
        catch (NotApplicableException e)
        {
            return (ProofOutcome.Skipped, e.Message);
        }
        catch (ProtocolErrorException e) when (IsLackOfRight(e.Error.Code))
        {
            return (ProofOutcome.Skipped, $"the credential may not do what this needs: {e.Error.Message} ({e.Error.Code})");
        }
        catch (WireException e) when (e.Status == 403)
        {
            return (ProofOutcome.Skipped, $"the credential may not do what this needs: {e.Message}");
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            return (ProofOutcome.Failed, $"It took more than {Limit.TotalMinutes:0} minutes.");
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            return (ProofOutcome.Failed, e is ProtocolErrorException refused ? $"{refused.Error.Message} ({refused.Error.Code})" : e.Message);
        }
    }

    private static bool IsLackOfRight(string code) =>
        code == ErrorCodes.Forbidden.Code || code == ErrorCodes.ChannelForbidden.Code || code == ErrorCodes.RunLimit.Code;
}
