using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Protocol;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using RealtimeHub.Engine.Channels;
using RealtimeHub.Engine.Nodes;
using RealtimeHub.Engine.Pumps;
using RealtimeHub.Engine.Transport;

namespace RealtimeHub.Engine.Hubs;

/// <summary>The whole SignalR contract on logs and cursors: a send appends, every receiver's pump writes, nobody waits for anybody.</summary>
/// <remarks>
/// Thread-safe. Sends to all, groups, users and connections go to logs of their own; a pump takes the earliest append first,
/// so each connection sees them in the order they were made. A connection whose share of a log is full is closed.
/// </remarks>
/// <typeparam name="THub">The hub.</typeparam>
internal sealed partial class ChannelHubLifetimeManager<THub> : HubLifetimeManager<THub>, INodeSends
    where THub : Hub
{
    private const string All = "*";

    private readonly ConcurrentDictionary<string, Member> _members = new(StringComparer.Ordinal);
    private readonly EngineContext _engine;
    private readonly HubConnections _connections;
    private readonly MessageEncoder _encoder = new();
    private readonly ClientInvocations _invocations = new();
    private readonly RawChannels _all;
    private readonly RawChannels _groups;
    private readonly RawChannels _users;
    private readonly RawChannels _own;

    public ChannelHubLifetimeManager(
        EngineContext engine, HubConnections connections, NodeLogs nodes, IHubProtocolResolver protocols, IOptions<JsonHubProtocolOptions> json, IHostApplicationLifetime lifetime)
    {
        _engine = engine;
        _connections = connections;
        _nodes = nodes;
        _protocols = protocols;
        _json = json.Value.PayloadSerializerOptions;
        _log = $"hub-{typeof(THub).Name}";
        if (nodes.AreShared)
        {
            _ = HearAsync(lifetime.ApplicationStopping);
        }

        var hub = $"signalr:{typeof(THub).Name}";
        _all = new RawChannels($"{hub}:all", engine);
        _groups = new RawChannels($"{hub}:group", engine);
        _users = new RawChannels($"{hub}:user", engine);
        _own = new RawChannels($"{hub}:connection", engine);
    }

    public override async Task OnConnectedAsync(HubConnectionContext connection)
    {
        await HasOpenedAsync();
        var pump = new ConnectionPump(connection.ConnectionId, connection.UserIdentifier, SinkFor(connection), _engine);
        connection.Features.Set(pump);
        _encoder.Add(connection.Protocol);
        var member = new Member(connection, pump, new RawMemberships());
        _members[connection.ConnectionId] = member;
        _connections.Add(pump);
        Join(member, _all, All);
        if (connection.UserIdentifier is { } user)
        {
            Join(member, _users, user);
        }

        pump.Subscriptions.Moved = subscription => JoinGroup(member, subscription.Cursor.Channel.Name);
        pump.Subscriptions.Removed = subscription => Leave(member, subscription.Cursor.Channel.Name);
    }

    public override Task OnDisconnectedAsync(HubConnectionContext connection)
    {
        if (!_members.TryRemove(connection.ConnectionId, out var member))
        {
            return Task.CompletedTask;
        }

        _encoder.Remove(connection.Protocol);
        member.Pump.Subscriptions.Close();
        lock (member.Memberships)
        {
            member.Memberships.IsClosed = true;
            foreach (var (channels, name, cursor) in member.Memberships.Fixed)
            {
                channels.Leave(name, cursor);
            }

            foreach (var (name, cursor) in member.Memberships.Groups)
            {
                _groups.Leave(name, cursor);
            }

            member.Memberships.Groups.Clear();
        }

        _connections.Remove(member.Pump);
        return Task.CompletedTask;
    }

    public override Task SendAllAsync(string methodName, object?[] args, CancellationToken cancellationToken = default) =>
        Send(_all, [All], methodName, args);

    public override Task SendAllExceptAsync(
        string methodName, object?[] args, IReadOnlyList<string> excludedConnectionIds, CancellationToken cancellationToken = default) =>
        Send(_all, [All], methodName, args, excludedConnectionIds);

    public override Task SendConnectionAsync(
        string connectionId, string methodName, object?[] args, CancellationToken cancellationToken = default) =>
        Send(_own, [connectionId], methodName, args);

    public override Task SendConnectionsAsync(
        IReadOnlyList<string> connectionIds, string methodName, object?[] args, CancellationToken cancellationToken = default) =>
        Send(_own, Distinct(connectionIds), methodName, args);

    public override Task SendGroupAsync(
        string groupName, string methodName, object?[] args, CancellationToken cancellationToken = default) =>
        Send(_groups, [groupName], methodName, args);

    public override Task SendGroupsAsync(
        IReadOnlyList<string> groupNames, string methodName, object?[] args, CancellationToken cancellationToken = default) =>
        Send(_groups, groupNames, methodName, args);

    public override Task SendGroupExceptAsync(
        string groupName,
        string methodName,
        object?[] args,
        IReadOnlyList<string> excludedConnectionIds,
        CancellationToken cancellationToken = default) =>
        Send(_groups, [groupName], methodName, args, excludedConnectionIds);

    public override Task SendUserAsync(
        string userId, string methodName, object?[] args, CancellationToken cancellationToken = default) =>
        Send(_users, [userId], methodName, args);

    public override Task SendUsersAsync(
        IReadOnlyList<string> userIds, string methodName, object?[] args, CancellationToken cancellationToken = default) =>
        Send(_users, Distinct(userIds), methodName, args);

    public override Task AddToGroupAsync(string connectionId, string groupName, CancellationToken cancellationToken = default)
    {
        if (_members.TryGetValue(connectionId, out var member))
        {
            JoinGroup(member, groupName);
            return Task.CompletedTask;
        }

        return _nodes.AreShared ? TellAndHearAsync(new NodeSend { Kind = NodeSendKinds.Join, Names = [groupName], Connection = connectionId }) : Task.CompletedTask;
    }

    public override Task RemoveFromGroupAsync(string connectionId, string groupName, CancellationToken cancellationToken = default)
    {
        if (_nodes.AreShared)
        {
            return LeaveInOrderAsync(connectionId, groupName);
        }

        if (_members.TryGetValue(connectionId, out var member))
        {
            Leave(member, groupName);
        }

        return Task.CompletedTask;
    }

    public override async Task<T> InvokeConnectionAsync<T>(
        string connectionId, string methodName, object?[] args, CancellationToken cancellationToken)
    {
        if (!_members.TryGetValue(connectionId, out var member) || Own(connectionId) is not { } own)
        {
            if (_nodes.AreShared)
            {
                return await InvokeElsewhereAsync<T>(connectionId, methodName, args, cancellationToken);
            }

            throw new IOException($"Connection '{connectionId}' does not exist.");
        }

        var aborted = member.Connection.ConnectionAborted;
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, aborted);
        var (invocationId, result) = _invocations.Open<T>(connectionId, "s", either.Token);
        try
        {
            own.AppendRaw(_encoder.Encode(new InvocationMessage(invocationId, methodName, args)), null);
            return await result;
        }
        catch (OperationCanceledException)
        {
            // The types and texts that stock SignalR has.
            throw aborted.IsCancellationRequested
                ? new IOException($"Connection '{connectionId}' disconnected.")
                : new HubException("Invocation canceled by the server.");
        }
        finally
        {
            // A call whose arguments cannot be encoded is not waited for either.
            await either.CancelAsync();
        }
    }

    public override Task SetConnectionResultAsync(string connectionId, CompletionMessage result)
    {
        _invocations.Complete(connectionId, result);
        return Task.CompletedTask;
    }

    public override bool TryGetReturnType(string invocationId, [NotNullWhen(true)] out Type? type) =>
        _invocations.TryGetReturnType(invocationId, out type);

    private static IFrameSink SinkFor(HubConnectionContext connection) =>
        connection.Features.Get<SharedUpgrade>()?.Output is { } output ? new WebSocketSink(connection, output) : new HubConnectionSink(connection);

    private static IReadOnlyList<string> Distinct(IReadOnlyList<string> names) => names.Count < 2 ? names : [.. names.Distinct()];

    // A connection's own log begins with the first send to it: most connections never have one.
    private Channel? Own(string connectionId)
    {
        if (_own.Find(connectionId) is { } own)
        {
            return own;
        }

        if (!_members.TryGetValue(connectionId, out var member))
        {
            return null;
        }

        lock (member.Memberships)
        {
            if (!member.Memberships.IsClosed && _own.Find(connectionId) is null)
            {
                Join(member, _own, connectionId);
            }

            return _own.Find(connectionId);
        }
    }

    private static void Join(Member member, RawChannels channels, string name)
    {
        lock (member.Memberships)
        {
            member.Memberships.Fixed.Add((channels, name, channels.Join(name, member.Pump)));
        }
    }

    private void JoinGroup(Member member, string group)
    {
        lock (member.Memberships)
        {
            if (!member.Memberships.IsClosed && !member.Memberships.Groups.ContainsKey(group))
            {
                member.Memberships.Groups.Add(group, _groups.Join(group, member.Pump));
            }
        }
    }

    private void Leave(Member member, string group)
    {
        lock (member.Memberships)
        {
            if (member.Memberships.Groups.Remove(group, out var cursor))
            {
                _groups.Leave(group, cursor);
            }
        }
    }

    // Encoded once, before anything is appended: what the caller changes in its arguments afterwards is not sent.
    private Task Send(
        RawChannels channels, IReadOnlyList<string> names, string method, object?[] args, IReadOnlyList<string>? excluded = null)
    {
        if (_nodes.AreShared)
        {
            return SendToAllNodesAsync(channels, names, method, args, excluded);
        }

        EncodedSend? send = null;
        foreach (var name in names)
        {
            if ((channels == _own ? Own(name) : channels.Find(name)) is { } channel)
            {
                send ??= _encoder.Encode(new InvocationMessage(method, args));
                channel.AppendRaw(send, excluded is { Count: > 0 } ? excluded.ToHashSet(StringComparer.Ordinal) : null);
            }
        }

        return Task.CompletedTask;
    }

    private sealed record Member(HubConnectionContext Connection, ConnectionPump Pump, RawMemberships Memberships);
}
