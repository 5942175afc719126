using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Protocol;

namespace RealtimeHub.Engine.Hubs;

/// <summary>Calls of client methods that wait for the client's result. Thread-safe.</summary>
internal sealed class ClientInvocations
{
    private readonly ConcurrentDictionary<string, Waiting> _waiting = new(StringComparer.Ordinal);
    private long _last;

    /// <summary>Opens a call; the task ends with the client's answer, or is cancelled.</summary>
    public (string InvocationId, Task<T> Result) Open<T>(string connectionId, string prefix, CancellationToken cancellationToken)
    {
        var completion = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        var id = string.Create(CultureInfo.InvariantCulture, $"{prefix}{Interlocked.Increment(ref _last)}");
        _waiting[id] = new Waiting(connectionId, typeof(T), message => Complete(completion, message), reason => completion.TrySetException(reason));
        var registration = cancellationToken.Register(() =>
        {
            if (_waiting.TryRemove(id, out _))
            {
                completion.TrySetCanceled(cancellationToken);
            }
        });
        _ = completion.Task.ContinueWith(_ => registration.Unregister(), TaskScheduler.Default);
        return (id, completion.Task);
    }

    /// <summary>Opens a call that another node made, under that node's id; the answer goes back as it is.</summary>
    public void OpenForOther(string id, string connectionId, Action<CompletionMessage> complete) =>
        _waiting[id] = new Waiting(connectionId, typeof(JsonElement), complete, _ => { });

    /// <summary>Closes a call that is not waited for any more.</summary>
    public void Forget(string id) => _waiting.TryRemove(id, out _);

    /// <summary>Ends a call without an answer.</summary>
    public void Fail(string id, Exception reason)
    {
        if (_waiting.TryRemove(id, out var waiting))
        {
            waiting.Fail(reason);
        }
    }

    /// <summary>Takes a client's answer; answers of other connections and to closed calls are ignored.</summary>
    public void Complete(string connectionId, CompletionMessage message)
    {
        if (message.InvocationId is { } id
            && _waiting.TryGetValue(id, out var waiting)
            && waiting.ConnectionId == connectionId
            && _waiting.TryRemove(id, out waiting))
        {
            waiting.Complete(message);
        }
    }

    /// <summary>What type an answer has to have.</summary>
    public bool TryGetReturnType(string invocationId, [NotNullWhen(true)] out Type? type)
    {
        type = _waiting.TryGetValue(invocationId, out var waiting) ? waiting.ReturnType : null;
        return type is not null;
    }

    private static void Complete<T>(TaskCompletionSource<T> completion, CompletionMessage message)
    {
        if (message.HasResult)
        {
            completion.TrySetResult((T)message.Result!);
        }
        else
        {
            completion.TrySetException(new HubException(message.Error ?? "The client returned no result."));
        }
    }

    private sealed record Waiting(string ConnectionId, Type ReturnType, Action<CompletionMessage> Complete, Action<Exception> Fail);
}
