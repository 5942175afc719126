using RealtimeHub.Engine.Channels;
using RealtimeHub.Protocol.Channels;
using RealtimeHub.Protocol.Errors;
using RealtimeHub.Server.Auth;
using RealtimeHub.Server.Publishing;

namespace RealtimeHub.Server.Connections;

/// <summary>Who may read which channel, by whatever route: subscribing, streaming, resync, history, presence, refresh. Thread-safe.</summary>
/// <remarks>A rule that fails, whatever the cause, denies.</remarks>
internal sealed class ChannelAuthorizer(ChannelDirectory directory, IEnumerable<IChannelRule> rules, ILogger<ChannelAuthorizer> logger)
{
    private readonly ILookup<string, IChannelRule> _rules = rules.SelectMany(r => r.Families.Select(f => (Family: f, Rule: r))).ToLookup(r => r.Family, r => r.Rule);

    /// <summary>Why a principal may not read a channel; null if it may.</summary>
    public async ValueTask<ProtocolError?> AuthorizeAsync(Principal principal, ChannelName channel, CancellationToken cancellationToken)
    {
        if (!directory.TryGetFamily(channel, out var family) || !ChannelAccess.CanRead(principal, family))
        {
            return ErrorCodes.ChannelForbidden.With($"The caller may not read {channel}.");
        }

        return await JudgeAsync(family.Name, r => r.ReadAsync(principal, channel, cancellationToken), channel, cancellationToken);
    }

    /// <summary>Why a principal may not publish to a channel whose scope it has; null if it may.</summary>
    public ValueTask<ProtocolError?> AuthorizePublishAsync(Principal principal, ChannelName channel, CancellationToken cancellationToken) =>
        JudgeAsync(channel.Family.ToString(), r => r.WriteAsync(principal, channel, cancellationToken), channel, cancellationToken);

    private async ValueTask<ProtocolError?> JudgeAsync(
        string family, Func<IChannelRule, ValueTask<ProtocolError?>> ask, ChannelName channel, CancellationToken cancellationToken)
    {
        foreach (var rule in _rules[family])
        {
            try
            {
                if (await ask(rule) is { } refusal)
                {
                    return refusal;
                }
            }
#pragma warning disable CA1031 // A rule that fails, whatever the cause, denies.
            catch (Exception exception) when (exception is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
#pragma warning restore CA1031
            {
                ChannelRuleLog.RuleFailed(logger, exception, channel.Value);
                return ErrorCodes.ChannelUnavailable.With($"Who may use {channel} cannot be found out right now.");
            }
        }

        return null;
    }
}
