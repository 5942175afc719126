using RealtimeHub.Protocol.Hubs;
using RealtimeHub.Protocol.Requests;
using RealtimeHub.Protocol.Status;

namespace RealtimeHub.Tests.Client.Scripted;

public sealed class ScriptedSystemHub(ScriptedServer server) : ScriptedHub(server, nameof(ISystemClient.Status), "system"), ISystemHub
{
    public Task<SubscribeResult> Subscribe(SubscribeSystemRequest request) => AnswerAsync(request);
}
