using RealtimeHub.Protocol.Errors;

namespace RealtimeHub.Server.Lifecycle;

/// <summary>Whether the server is on its way out. Thread-safe.</summary>
internal sealed class DrainState
{
    private const long RetryAfterMs = 5_000;

    private int _stage;

    /// <summary>Whether newcomers are turned away.</summary>
    public bool IsDraining => Volatile.Read(ref _stage) > 0;

    /// <summary>Whether nothing more is accepted for delivery.</summary>
    public bool IsClosing => Volatile.Read(ref _stage) > 1;

    public void Begin() => Interlocked.CompareExchange(ref _stage, 1, 0);

    public void Close() => Volatile.Write(ref _stage, 2);

    /// <summary>What a newcomer hears; null while the server stays.</summary>
    public ProtocolError? Refusal() => IsDraining ? ErrorCodes.ServerDraining.With(ErrorCodes.ServerDraining.Meaning) with { RetryAfterMs = RetryAfterMs } : null;

    /// <summary>What a publisher hears; null while what it publishes will be delivered.</summary>
    public ProtocolError? PublishRefusal() => IsClosing ? Refusal() : null;
}
