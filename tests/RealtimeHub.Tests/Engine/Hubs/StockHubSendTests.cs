namespace RealtimeHub.Tests.Engine.Hubs;

/// <summary>Shows that what we expect of ourselves is what SignalR does.</summary>
public sealed class StockHubSendTests() : HubSendContract(isEngine: false);
