using System.Text.Json.Serialization;
using RealtimeHub.Protocol.Channels;
using RealtimeHub.Protocol.Errors;
using RealtimeHub.Protocol.Events;
using RealtimeHub.Protocol.Jobs;
using RealtimeHub.Protocol.Notices;
using RealtimeHub.Protocol.Numerics;
using RealtimeHub.Protocol.Requests;
using RealtimeHub.Protocol.Status;
using RealtimeHub.Protocol.Streams;

namespace RealtimeHub.Protocol.Json;

/// <summary>The contract of everything on the wire: how each type is spelled, in JSON and in every other encoding.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    PropertyNameCaseInsensitive = false,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    Converters = [typeof(UtcTimestampConverter)])]
[JsonSerializable(typeof(FrameEnvelope))]
[JsonSerializable(typeof(Subscribed))]
[JsonSerializable(typeof(Unsubscribed))]
[JsonSerializable(typeof(Gap))]
[JsonSerializable(typeof(Skipped))]
[JsonSerializable(typeof(Degraded))]
[JsonSerializable(typeof(Restored))]
[JsonSerializable(typeof(ErrorNotice))]
[JsonSerializable(typeof(Control))]
[JsonSerializable(typeof(Heartbeat))]
[JsonSerializable(typeof(StreamItem))]
[JsonSerializable(typeof(SubscribeEventsRequest))]
[JsonSerializable(typeof(UnsubscribeEventsRequest))]
[JsonSerializable(typeof(SubscribeSystemRequest))]
[JsonSerializable(typeof(SubscribeJobRequest))]
[JsonSerializable(typeof(SubscribeJobsRequest))]
[JsonSerializable(typeof(ListJobsRequest))]
[JsonSerializable(typeof(ListJobsResult))]
[JsonSerializable(typeof(UnsubscribeRequest))]
[JsonSerializable(typeof(ResyncRequest))]
[JsonSerializable(typeof(AckRequest))]
[JsonSerializable(typeof(SubscribeResult))]
[JsonSerializable(typeof(UnsubscribeResult))]
[JsonSerializable(typeof(AckResult))]
[JsonSerializable(typeof(PingResult))]
[JsonSerializable(typeof(PublishEvent))]
[JsonSerializable(typeof(PublishRequest))]
[JsonSerializable(typeof(PublishStreamRequest))]
[JsonSerializable(typeof(PublishResult))]
[JsonSerializable(typeof(PublishBatchResult))]
[JsonSerializable(typeof(HistoryPage))]
[JsonSerializable(typeof(IReadOnlyList<ChannelSummary>))]
[JsonSerializable(typeof(ProtocolError))]
[JsonSerializable(typeof(Problem))]
[JsonSerializable(typeof(SystemStatus))]
[JsonSerializable(typeof(ServiceStatus))]
[JsonSerializable(typeof(FloatBlock))]
public sealed partial class RealtimeJsonContext : JsonSerializerContext;
