using System.Collections.Concurrent;
using Microsoft.Extensions.Options;
using RealtimeHub.Engine.Nodes;
using RealtimeHub.Protocol.Errors;
using RealtimeHub.Server.Auth;
using RealtimeHub.Server.Connections;

namespace RealtimeHub.Server.Limits;

/// <summary>Who may ask how often, and who has to wait. Every refusal names the limit and when to try again. Thread-safe.</summary>
internal sealed class RateLimits(IOptions<LimitOptions> options, ISharedState shared, NodeDirectory nodes, TimeProvider clock)
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);
    private const int MaxPenalties = 100_000;

    private readonly LimitOptions _options = options.Value;
    private readonly PaceTable _connects = new(clock);
    private readonly PaceTable _principals = new(clock);
    private readonly PaceTable _explanations = new(clock);
    private readonly PaceTable _inferences = new(clock);
    private readonly ConcurrentDictionary<string, ClassLimits> _limits = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, DateTimeOffset> _penalties = new(StringComparer.Ordinal);
    private readonly PaceLimit _connectLimit = new("attempts to connect per address", options.Value.ConnectsPerMinute, Minute, options.Value.ConnectsPerMinute);
    private readonly PaceLimit _faultLimit = new("faults per connection", options.Value.FaultsPerMinute, Minute, options.Value.FaultsPerMinute);

    /// <summary>Takes one attempt to connect.</summary>
    public ProtocolError? Connect(string address) =>
        _connects.TryTake(address, _connectLimit, out var wait) ? null : Refusal(_connectLimit, wait);

    /// <summary>Takes one call of a hub connection.</summary>
    public ValueTask<ProtocolError?> CallAsync(LiveConnection connection, Principal principal, CancellationToken cancellationToken)
    {
        var limits = Of(principal);
        return connection.Calls.TryTake(limits.Connection, clock.GetUtcNow(), out var wait)
            ? RequestAsync(principal, cancellationToken)
            : ValueTask.FromResult<ProtocolError?>(Refusal(limits.Connection, wait));
    }

    /// <summary>Takes one request of a principal, whatever it comes by and whichever node it comes to.</summary>
    public ValueTask<ProtocolError?> RequestAsync(Principal principal, CancellationToken cancellationToken) =>
        TakeAsync("calls", _principals, principal, Of(principal).Principal, cancellationToken);

    /// <summary>Takes one explanation of a principal.</summary>
    public ValueTask<ProtocolError?> ExplainAsync(Principal principal, CancellationToken cancellationToken) =>
        TakeAsync("explanations", _explanations, principal, Of(principal).Explanations, cancellationToken);

    /// <summary>Takes one prediction of a principal.</summary>
    public ProtocolError? Infer(Principal principal)
    {
        var limit = Of(principal).Inferences;
        return _inferences.TryTake(principal.Id, limit, out var wait) ? null : Refusal(limit, wait);
    }

    /// <summary>Takes one fault of a connection; true when it has had its last.</summary>
    public bool IsTooMuch(LiveConnection connection) => !connection.Faults.TryTake(_faultLimit, clock.GetUtcNow(), out _);

    /// <summary>Makes somebody wait before they may connect again.</summary>
    public TimeSpan Punish(string principal, string address)
    {
        var now = clock.GetUtcNow();
        if (_penalties.Count >= MaxPenalties)
        {
            foreach (var (key, end) in _penalties)
            {
                if (end <= now)
                {
                    _penalties.TryRemove(key, out _);
                }
            }
        }

        if (_penalties.Count < MaxPenalties)
        {
            _penalties[Key(principal, address)] = now + _options.Penalty;
        }

        return _options.Penalty;
    }

    /// <summary>Whether somebody still has to wait.</summary>
    public ProtocolError? Penalty(string principal, string address)
    {
        if (!_penalties.TryGetValue(Key(principal, address), out var end))
        {
            return null;
        }

        var wait = end - clock.GetUtcNow();
        if (wait > TimeSpan.Zero)
        {
            return Refusal(_faultLimit, wait);
        }

        _penalties.TryRemove(Key(principal, address), out _);
        return null;
    }

    private ValueTask<ProtocolError?> TakeAsync(string kind, PaceTable table, Principal principal, PaceLimit limit, CancellationToken cancellationToken) =>
        shared.IsShared
            ? TakeSharedAsync(kind, table, principal, limit, cancellationToken)
            : ValueTask.FromResult(table.TryTake(principal.Id, limit, out var wait) ? null : Refusal(limit, wait));

    // While nobody can be asked, each node gives its share of the limit.
    private async ValueTask<ProtocolError?> TakeSharedAsync(string kind, PaceTable table, Principal principal, PaceLimit limit, CancellationToken cancellationToken)
    {
        if (await shared.TakeAsync($"{kind}:{principal.Id}", TimeSpan.FromTicks(limit.IntervalTicks), limit.Burst, cancellationToken) is { } wait)
        {
            return wait == TimeSpan.Zero ? null : Refusal(limit, wait);
        }

        return table.TryTake(principal.Id, limit.SharedBy(nodes.Count), out wait) ? null : Refusal(limit, wait);
    }

    private static string Key(string principal, string address) => $"{principal}\n{address}";

    private static ProtocolError Refusal(PaceLimit limit, TimeSpan wait) => ErrorCodes.RateLimit.With($"More than {limit}.") with
    {
        RetryAfterMs = Math.Max(1, (long)Math.Ceiling(wait.TotalMilliseconds)),
        Details = new ErrorDetails { Limit = limit.ToString() },
    };

    private ClassLimits Of(Principal principal)
    {
        // The names of classes come from tokens too; those that are not configured share one entry.
        var isKnown = _options.RateClasses.TryGetValue(principal.RateClass, out var factor);
        return _limits.GetOrAdd(isKnown ? principal.RateClass : "", _ => Scaled(isKnown ? factor : 1));
    }

    private ClassLimits Scaled(double factor)
    {
        int Times(int number) => (int)Math.Clamp(number * factor, 1, int.MaxValue);
        return new ClassLimits(
            new PaceLimit("calls per connection", _options.CallsPerSecond * factor, Second, Times(_options.CallBurst)),
            new PaceLimit("calls per principal", _options.PrincipalCallsPerSecond * factor, Second, Times(_options.PrincipalCallBurst)),
            new PaceLimit("explanations per principal", _options.ExplanationsPerMinute * factor, Minute, Times(_options.ExplanationsPerMinute)),
            new PaceLimit("predictions per principal", _options.InferencesPerMinute * factor, Minute, Times(_options.InferencesPerMinute)));
    }

    private sealed record ClassLimits(PaceLimit Connection, PaceLimit Principal, PaceLimit Explanations, PaceLimit Inferences);
}
