using RealtimeHub.Protocol.MessagePack;

namespace RealtimeHub.Tests.Engine.Hubs;

public sealed class EngineHubResultMessagePackTests() : HubResultContract(isEngine: true, MessagePackHubProtocol.ProtocolName);
