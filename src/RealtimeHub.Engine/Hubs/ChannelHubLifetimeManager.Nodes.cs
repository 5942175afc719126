using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Protocol;
using RealtimeHub.Engine.Channels;
using RealtimeHub.Engine.Nodes;
using RealtimeHub.Protocol.Channels;

namespace RealtimeHub.Engine.Hubs;

// With other nodes, every send takes the way over the log of the hub, this node's own included: all connections see one order.
internal sealed partial class ChannelHubLifetimeManager<THub>
{
    private static readonly TimeSpan OpenLimit = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan TakenLimit = TimeSpan.FromSeconds(3);

    private readonly NodeLogs _nodes;
    private readonly IHubProtocolResolver _protocols;
    private readonly JsonSerializerOptions _json;
    private readonly string _log;
    private readonly TaskCompletionSource _opened = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly ConcurrentDictionary<string, TaskCompletionSource> _echoes = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, TaskCompletionSource> _taken = new(StringComparer.Ordinal);
    private long _lastCall;

    public void SendToGroupHere(string group, string method, params object?[] args) =>
        _groups.Find(group)?.AppendRaw(_encoder.Encode(new InvocationMessage(method, args)), null);

    public void SendToConnectionHere(string connectionId, string method, params object?[] args) =>
        Own(connectionId)?.AppendRaw(_encoder.Encode(new InvocationMessage(method, args)), null);

    private async Task HearAsync(CancellationToken stopping)
    {
        try
        {
            await _nodes.HearAsync(_log, StartPoint.Live, HeardAsync, null, _opened, stopping);
        }
        catch (OperationCanceledException)
        {
            // The server stops.
        }
    }

    // Who connects while the store is away is served what this node alone can give.
    private async Task HasOpenedAsync()
    {
        if (_nodes.AreShared && !_opened.Task.IsCompleted)
        {
            await Task.WhenAny(_opened.Task, Task.Delay(OpenLimit, _engine.Clock));
        }
    }

    private Task TellAsync(NodeSend send) => _nodes.TellAsync(_log, send, NodeSendJsonContext.Default.NodeSend).AsTask();

    private async Task SendToAllNodesAsync(
        RawChannels channels, IReadOnlyList<string> names, string method, object?[] args, IReadOnlyList<string>? excluded)
    {
        if (names.Count == 0)
        {
            return;
        }

        var kind = channels == _all ? NodeSendKinds.All : channels == _groups ? NodeSendKinds.Groups : channels == _users ? NodeSendKinds.Users : NodeSendKinds.Connections;
        var encodings = EncodeForAll(new InvocationMessage(method, args));
        await TellAndHearAsync(new NodeSend { Kind = kind, Names = kind == NodeSendKinds.All ? null : names, Excluded = excluded is { Count: > 0 } ? excluded : null, Encodings = encodings });
    }

    // A send is done when it has come back to this node: what the sender does next, and what its call returns, comes after it here.
    private async Task TellAndHearAsync(NodeSend send)
    {
        await HasOpenedAsync();
        var token = string.Create(CultureInfo.InvariantCulture, $"{_nodes.Node}-{Interlocked.Increment(ref _lastCall)}");
        var echo = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _echoes[token] = echo;
        try
        {
            await TellAsync(send with { Token = token });
            await echo.Task.WaitAsync(OpenLimit, _engine.Clock);
        }
        catch (TimeoutException)
        {
            // It is accepted, and comes when what is announced arrives here again.
        }
        finally
        {
            _echoes.TryRemove(token, out _);
        }
    }

    // By the same way as the sends, so that what was sent to the group before still comes.
    private async Task LeaveInOrderAsync(string connectionId, string group)
    {
        try
        {
            await TellAndHearAsync(new NodeSend { Kind = NodeSendKinds.Leave, Names = [group], Connection = connectionId });
        }
        catch (ChannelStoreUnavailableException) when (_members.TryGetValue(connectionId, out var member))
        {
            Leave(member, group);
        }
    }

    // Another node may have connections that speak what nobody speaks here.
    private Dictionary<string, byte[]> EncodeForAll(HubMessage message)
    {
        var encodings = new Dictionary<string, byte[]>(StringComparer.Ordinal);
        foreach (var protocol in _protocols.AllProtocols)
        {
            encodings[protocol.Name] = protocol.GetMessageBytes(message).ToArray();
        }

        return encodings;
    }

    private async Task<T> InvokeElsewhereAsync<T>(string connectionId, string methodName, object?[] args, CancellationToken cancellationToken)
    {
        var call = string.Create(CultureInfo.InvariantCulture, $"{_nodes.Node}-{Interlocked.Increment(ref _lastCall)}-");
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var (id, result) = _invocations.Open<T>(connectionId, call, ended.Token);
        var taken = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _taken[id] = taken;
        try
        {
            await HasOpenedAsync();
            await TellAsync(new NodeSend
            {
                Kind = NodeSendKinds.Ask,
                Connection = connectionId,
                Call = id,
                Encodings = EncodeForAll(new InvocationMessage(id, methodName, args)),
            });
            using var waiting = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            await Task.WhenAny(taken.Task, result, Task.Delay(TakenLimit, _engine.Clock, waiting.Token));
            await waiting.CancelAsync();
            if (!taken.Task.IsCompleted && !result.IsCompleted)
            {
                cancellationToken.ThrowIfCancellationRequested();
                throw new IOException($"Connection '{connectionId}' does not exist.");
            }

            return await result;
        }
        catch (OperationCanceledException)
        {
            throw new HubException("Invocation canceled by the server.");
        }
        finally
        {
            _taken.TryRemove(id, out _);
            await ended.CancelAsync();
        }
    }

    private async ValueTask HeardAsync(JsonPayload entry)
    {
        var send = entry.To(NodeSendJsonContext.Default.NodeSend)!;
        try
        {
            await CarryOutAsync(send);
        }
        finally
        {
            if (send.Token is { } token && _echoes.TryGetValue(token, out var echo))
            {
                echo.TrySetResult();
            }
        }
    }

    private ValueTask CarryOutAsync(NodeSend send)
    {
        switch (send.Kind)
        {
            case NodeSendKinds.All:
                Deliver(_all, [All], send);
                break;
            case NodeSendKinds.Groups:
                Deliver(_groups, send.Names!, send);
                break;
            case NodeSendKinds.Users:
                Deliver(_users, send.Names!, send);
                break;
            case NodeSendKinds.Connections:
                Deliver(_own, send.Names!, send);
                break;
            case NodeSendKinds.Join when _members.TryGetValue(send.Connection!, out var member):
                JoinGroup(member, send.Names![0]);
                break;
            case NodeSendKinds.Leave when _members.TryGetValue(send.Connection!, out var member):
                Leave(member, send.Names![0]);
                break;
            case NodeSendKinds.Ask:
                return AskAsync(send);
            case NodeSendKinds.Taken when _taken.TryGetValue(send.Call!, out var taken):
                taken.TrySetResult();
                break;
            case NodeSendKinds.Answer:
                Answered(send);
                break;
            case NodeSendKinds.Gone:
                _invocations.Fail(send.Call!, new IOException($"Connection '{send.Connection}' disconnected."));
                break;
        }

        return ValueTask.CompletedTask;
    }

    private void Deliver(RawChannels channels, IReadOnlyList<string> names, NodeSend send)
    {
        EncodedSend? encoded = null;
        foreach (var name in names)
        {
            if ((channels == _own ? Own(name) : channels.Find(name)) is { } channel)
            {
                channel.AppendRaw(encoded ??= Encoded(send), send.Excluded?.ToHashSet(StringComparer.Ordinal));
            }
        }
    }

    private EncodedSend Encoded(NodeSend send)
    {
        var encodings = send.Encodings!;
        return new EncodedSend(
            new SerializedHubMessage([.. encodings.Select(e => new SerializedMessage(e.Key, e.Value))]),
            encodings.Values.Max(b => b.Length),
            [.. _encoder.Spoken.Where(p => encodings.ContainsKey(p.Name))]);
    }

    // A connection of this node is asked by another node, or by this one after all.
    private async ValueTask AskAsync(NodeSend ask)
    {
        if (!_members.TryGetValue(ask.Connection!, out var member) || Own(ask.Connection!) is not { } own)
        {
            return;
        }

        var ending = member.Connection.ConnectionAborted.Register(() => EndAsked(ask));
        _invocations.OpenForOther(ask.Call!, ask.Connection!, message =>
        {
            ending.Unregister();
            TellSoon(new NodeSend
            {
                Kind = NodeSendKinds.Answer,
                Connection = ask.Connection,
                Call = ask.Call,
                HasResult = message.HasResult,
                Result = message.Result is JsonElement { ValueKind: not JsonValueKind.Undefined } json ? json : null,
                Error = message.Error,
            });
        });
        own.AppendRaw(Encoded(ask), null);
        await TellAsync(new NodeSend { Kind = NodeSendKinds.Taken, Call = ask.Call });
    }

    private void EndAsked(NodeSend ask)
    {
        _invocations.Forget(ask.Call!);
        TellSoon(new NodeSend { Kind = NodeSendKinds.Gone, Connection = ask.Connection, Call = ask.Call });
    }

    // Who asked gives up by itself where it cannot be told.
    private void TellSoon(NodeSend send) =>
        _ = TellAsync(send).ContinueWith(static t => _ = t.Exception, CancellationToken.None, TaskContinuationOptions.OnlyOnFaulted, TaskScheduler.Default);

    private void Answered(NodeSend answer)
    {
        if (!_invocations.TryGetReturnType(answer.Call!, out var type))
        {
            return;
        }

        try
        {
            var result = answer is { HasResult: true, Result: { } json } ? json.Deserialize(type, _json) : null;
            _invocations.Complete(answer.Connection!, new CompletionMessage(answer.Call!, answer.Error, result, answer.HasResult));
        }
        catch (JsonException exception)
        {
            _invocations.Fail(answer.Call!, new HubException($"The client's result is no {type.Name}: {exception.Message}"));
        }
    }
}
