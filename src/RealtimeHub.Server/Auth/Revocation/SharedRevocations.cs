using RealtimeHub.Engine.Channels;
using RealtimeHub.Engine.Nodes;
using RealtimeHub.Protocol.Channels;
using RealtimeHub.Server.Connections;

namespace RealtimeHub.Server.Auth.Revocation;

/// <summary>What any node revokes, every node hears; while it cannot be heard for too long, everybody is refused. Thread-safe.</summary>
internal sealed class SharedRevocations(
    NodeLogs logs, ISharedState shared, ChannelDirectory channels, RevocationList revocations, LiveCredentials live, TimeProvider clock) : BackgroundService
{
    private const string Log = "revocations";

    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    private DateTimeOffset _current = clock.GetUtcNow();

    /// <summary>Revokes on every node; on this one it counts in any case.</summary>
    /// <exception cref="ChannelStoreUnavailableException">The other nodes could not be told.</exception>
    public async ValueTask AddAsync(Revocation revocation, CancellationToken cancellationToken)
    {
        revocations.Add(revocation);
        live.EndAll(revocations.Covers, "revoked");
        if (logs.AreShared)
        {
            await logs.TellAsync(Log, revocation, RevocationJsonContext.Default.Revocation, cancellationToken);
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!logs.AreShared)
        {
            return;
        }

        var opened = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var timer = clock.CreateTimer(_ => Look(opened.Task.IsCompleted), null, Interval, Interval);
        try
        {
            // The first frames are those of a new history where the store has lost the old one; what this node knows goes back into it.
            await logs.HearAsync(Log, StartPoint.Oldest, HeardAsync, TellAllAsync, opened, stoppingToken);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The server stops.
        }
    }

    private ValueTask HeardAsync(JsonPayload entry)
    {
        revocations.Hear(entry.To(RevocationJsonContext.Default.Revocation)!);
        live.EndAll(revocations.Covers, "revoked");
        return ValueTask.CompletedTask;
    }

    private async ValueTask TellAllAsync()
    {
        foreach (var revocation in revocations.All())
        {
            await logs.TellAsync(Log, revocation, RevocationJsonContext.Default.Revocation);
        }
    }

    private void Look(bool hasOpened)
    {
        var now = clock.GetUtcNow();
        if (hasOpened && channels.TryGet(ChannelName.Parse($"{NodeLogs.Family.Name}:{Log}"), out var channel) && !channel.IsCutOff)
        {
            _current = now;
        }

        revocations.Outdate(now - _current >= shared.CredentialGrace);
    }
}
