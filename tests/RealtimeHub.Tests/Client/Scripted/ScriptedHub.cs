using Microsoft.AspNetCore.SignalR;
using RealtimeHub.Protocol.Events;
using RealtimeHub.Protocol.Hubs;
using RealtimeHub.Protocol.Requests;

namespace RealtimeHub.Tests.Client.Scripted;

/// <summary>What the scripted hubs have in common.</summary>
public abstract class ScriptedHub(ScriptedServer server, string frameTarget, string channel) : Hub, IRealtimeHub
{
    protected ScriptedServer Server => server;

    protected ScriptedConnection Connection => server.Open[Context.ConnectionId];

    public override Task OnConnectedAsync()
    {
        server.Connected(new ScriptedConnection(Context, Clients.Caller, frameTarget, channel));
        return Task.CompletedTask;
    }

    public override Task OnDisconnectedAsync(Exception? exception)
    {
        server.Open.TryRemove(Context.ConnectionId, out _);
        return Task.CompletedTask;
    }

    public Task<UnsubscribeResult> Unsubscribe(UnsubscribeRequest request)
    {
        server.Called(request);
        return Task.FromResult(new UnsubscribeResult { Removed = true });
    }

    public async Task<SubscribeResult> Resync(ResyncRequest request)
    {
        server.Called(request);
        var granted = Connection.Granted(new SubscribeEventsRequest { Id = request.Id, From = request.From });
        await Connection.PushAsync(granted);
        return new SubscribeResult { Subscription = granted };
    }

    public Task<AckResult> Ack(AckRequest request)
    {
        server.Called(request);
        return Task.FromResult(server.OnAck(request));
    }

    public Task<RefreshCredentialResult> RefreshCredential(RefreshCredentialRequest request)
    {
        server.Called(request);
        return Task.FromResult(new RefreshCredentialResult());
    }

    public Task<PingResult> Ping() => Task.FromResult(new PingResult("pong", DateTimeOffset.UnixEpoch));

    // A test that sees the call may push at once: the notice is out by then.
    protected async Task<SubscribeResult> AnswerAsync(SubscribeRequest request)
    {
        var result = await server.OnSubscribe(Connection, request);
        server.Called(request);
        return result;
    }
}
