namespace RealtimeHub.Tests.Engine.Hubs;

public sealed class EngineHubSendTests() : HubSendContract(isEngine: true);
