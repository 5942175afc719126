namespace RealtimeHub.Tests.Engine.Hubs;

public sealed class EngineHubResultTests() : HubResultContract(isEngine: true);
