using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.Options;
using RealtimeHub.Engine.Hubs;
using RealtimeHub.Engine.Nodes;
using RealtimeHub.Engine.Presence;
using RealtimeHub.Protocol.Hubs;
using RealtimeHub.Protocol.Workspace;

namespace RealtimeHub.Server.Hubs.Workspace;

/// <summary>Tells the people in a channel who comes and goes. Thread-safe; one loop tells, so that nobody's coming waits for anybody's reading.</summary>
internal sealed class WorkspacePresence : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    private readonly PresenceTable _table;
    private readonly SemaphoreSlim _changed = new(0, 1);
    private readonly IHubContext<WorkspaceHub, IWorkspaceClient> _hub;
    private readonly INodeSends _here;
    private readonly PresenceExchange _others;
    private readonly TimeProvider _clock;
    private readonly int _maxListed;
    private readonly bool _isShared;
    private readonly Lock _gate = new();
    private readonly Dictionary<string, HashSet<string>> _channelsOf = new(StringComparer.Ordinal);

    public WorkspacePresence(
        IHubContext<WorkspaceHub, IWorkspaceClient> hub, HubLifetimeManager<WorkspaceHub> manager, NodeLogs logs, NodeDirectory nodes,
        IOptions<WorkspaceOptions> options, TimeProvider clock)
    {
        _hub = hub;
        _here = (INodeSends)manager;
        _clock = clock;
        _maxListed = options.Value.MaxListedMembers;
        _table = new PresenceTable(clock, options.Value.PresenceGrace, logs.AreShared ? $"{logs.Node}-" : "");
        _others = new PresenceExchange(_table, logs, nodes, clock, Wake);
        _isShared = logs.AreShared;
    }

    /// <summary>The group of those who hear of a channel's presence.</summary>
    public static string GroupOf(string channel) => $"presence:{channel}";

    public void Join(string channel, string connectionId, string userId, IReadOnlyDictionary<string, string>? metadata)
    {
        lock (_gate)
        {
            if (!_channelsOf.TryGetValue(connectionId, out var channels))
            {
                _channelsOf.Add(connectionId, channels = new HashSet<string>(StringComparer.Ordinal));
            }

            channels.Add(channel);
            var (reference, since) = _table.Join(channel, connectionId, userId, metadata);
            _others.Came(channel, connectionId, userId, reference, since, metadata);
        }

        Wake();
    }

    /// <summary>A subscription has ended.</summary>
    public void Leave(string channel, string connectionId)
    {
        lock (_gate)
        {
            if (_channelsOf.TryGetValue(connectionId, out var channels) && channels.Remove(channel))
            {
                _table.Leave(channel, connectionId, isAbrupt: false);
                _others.Left(channel, connectionId, isAbrupt: false);
                if (channels.Count == 0)
                {
                    _channelsOf.Remove(connectionId);
                }
            }
        }

        Wake();
        _ = _hub.Groups.RemoveFromGroupAsync(connectionId, GroupOf(channel));
    }

    /// <summary>A connection has ended.</summary>
    public void Gone(string connectionId, bool isAbrupt)
    {
        lock (_gate)
        {
            if (_channelsOf.Remove(connectionId, out var channels))
            {
                foreach (var channel in channels)
                {
                    _table.Leave(channel, connectionId, isAbrupt);
                    _others.Left(channel, connectionId, isAbrupt);
                }
            }
        }

        Wake();
    }

    /// <summary>Who is in a channel now.</summary>
    public PresenceState StateOf(string channel)
    {
        var people = _table.In(channel);
        return new PresenceState(channel, people.Count, people.Count > _maxListed ? null : [.. people.Select(Member)]);
    }

    public override void Dispose()
    {
        _changed.Dispose();
        base.Dispose();
    }

    /// <summary>Tells a connection of this node who is in a channel.</summary>
    public void TellState(string connectionId, string channel) => _here.SendToConnectionHere(connectionId, nameof(IWorkspaceClient.PresenceState), StateOf(channel));

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.WhenAll(_isShared ? _others.RunAsync(stoppingToken) : Task.CompletedTask, TellChangesAsync(stoppingToken));
    }

    private async Task TellChangesAsync(CancellationToken stoppingToken)
    {
        await using var timer = _clock.CreateTimer(static state => ((WorkspacePresence)state!).EndGraces(), this, Interval, Interval);
        while (!stoppingToken.IsCancellationRequested)
        {
            await _changed.WaitAsync(stoppingToken);
            while (_table.TryTakeChange(out var change))
            {
                Tell(change);
            }
        }
    }

    private static PresenceMember Member(PresentPerson person) =>
        new(person.UserId, person.JoinedAt, [.. person.Connections.Select(c => new PresenceMeta(c.Ref, c.Metadata))]);

    // Every node tells its own.
    private void Tell(PresenceChange change)
    {
        if (change.Joins.Count > 0 || change.Leaves.Count > 0)
        {
            var isCrowd = change.Count > _maxListed;
            _here.SendToGroupHere(GroupOf(change.Channel), nameof(IWorkspaceClient.PresenceDiff), new PresenceDiff(
                change.Channel, change.Count, isCrowd ? null : [.. change.Joins.Select(Member)], isCrowd ? null : change.Leaves));
        }
    }

    private void EndGraces()
    {
        _table.EndGraces();
        Wake();
    }

    private void Wake()
    {
        try
        {
            _changed.Release();
        }
        catch (Exception exception) when (exception is SemaphoreFullException or ObjectDisposedException)
        {
            // It is awake already, or has gone for good.
        }
    }
}
