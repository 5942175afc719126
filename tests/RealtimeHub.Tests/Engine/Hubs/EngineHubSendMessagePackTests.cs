using RealtimeHub.Protocol.MessagePack;

namespace RealtimeHub.Tests.Engine.Hubs;

public sealed class EngineHubSendMessagePackTests() : HubSendContract(isEngine: true, MessagePackHubProtocol.ProtocolName);
