namespace RealtimeHub.Engine.Nodes;

/// <summary>A node that shares nothing: it holds every lease, and limits count where they are asked for. Thread-safe.</summary>
internal sealed class SingleNode : ISharedState
{
    public bool IsShared => false;

    public string Node { get; } = Environment.MachineName;

    public TimeSpan NodeTimeout => TimeSpan.MaxValue;

    public TimeSpan LeaseTime => TimeSpan.MaxValue;

    public TimeSpan CredentialGrace => TimeSpan.MaxValue;

    public ValueTask<bool> TryHoldAsync(string lease, CancellationToken cancellationToken = default) => ValueTask.FromResult(true);

    public ValueTask<bool> TryHoldAsync(string lease, TimeSpan next, CancellationToken cancellationToken = default) => ValueTask.FromResult(true);

    public ValueTask ReleaseAsync(string lease) => ValueTask.CompletedTask;

    public ValueTask<bool> TryUseOnceAsync(string what, TimeSpan lifetime, CancellationToken cancellationToken = default) => ValueTask.FromResult(true);

    public ValueTask<TimeSpan?> TakeAsync(string key, TimeSpan interval, int burst, CancellationToken cancellationToken = default) =>
        ValueTask.FromResult<TimeSpan?>(null);
}
