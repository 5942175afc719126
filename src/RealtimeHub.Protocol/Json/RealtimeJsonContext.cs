using System.Text.Json.Serialization;
using RealtimeHub.Protocol.Audit;
using RealtimeHub.Protocol.Auth;
using RealtimeHub.Protocol.Channels;
using RealtimeHub.Protocol.Climate;
using RealtimeHub.Protocol.Errors;
using RealtimeHub.Protocol.Events;
using RealtimeHub.Protocol.Governance;
using RealtimeHub.Protocol.Jobs;
using RealtimeHub.Protocol.Notices;
using RealtimeHub.Protocol.Numerics;
using RealtimeHub.Protocol.Requests;
using RealtimeHub.Protocol.Simulation;
using RealtimeHub.Protocol.Status;
using RealtimeHub.Protocol.Streams;
using RealtimeHub.Protocol.Workspace;

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
[JsonSerializable(typeof(CredentialTerm))]
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
[JsonSerializable(typeof(FrameGovernance))]
[JsonSerializable(typeof(SubscribeFieldsRequest))]
[JsonSerializable(typeof(SubscribeDriversRequest))]
[JsonSerializable(typeof(SubscribeXaiRequest))]
[JsonSerializable(typeof(SubscribeTilesRequest))]
[JsonSerializable(typeof(TrackTilesRequest))]
[JsonSerializable(typeof(TrackTilesResult))]
[JsonSerializable(typeof(ClimatePayload))]
[JsonSerializable(typeof(FrameRecipe))]
[JsonSerializable(typeof(XaiPayload))]
[JsonSerializable(typeof(InferRequest))]
[JsonSerializable(typeof(InferResponse))]
[JsonSerializable(typeof(VerifyRequest))]
[JsonSerializable(typeof(VerifyResult))]
[JsonSerializable(typeof(MaskPointsRequest))]
[JsonSerializable(typeof(MaskPointsResult))]
[JsonSerializable(typeof(CareMapRequest))]
[JsonSerializable(typeof(CareMap))]
[JsonSerializable(typeof(StoryRequest))]
[JsonSerializable(typeof(StoryNodeResult))]
[JsonSerializable(typeof(FocusModeResult))]
[JsonSerializable(typeof(FloatBlock))]
[JsonSerializable(typeof(StreamFeaturesRequest))]
[JsonSerializable(typeof(StreamSimulationRequest))]
[JsonSerializable(typeof(JoinRunRequest))]
[JsonSerializable(typeof(StartRunRequest))]
[JsonSerializable(typeof(RunRequest))]
[JsonSerializable(typeof(StepRunRequest))]
[JsonSerializable(typeof(SteerRunRequest))]
[JsonSerializable(typeof(ListRunsRequest))]
[JsonSerializable(typeof(ListRunsResult))]
[JsonSerializable(typeof(RunResult))]
[JsonSerializable(typeof(FeatureUpdate))]
[JsonSerializable(typeof(SimulationState))]
[JsonSerializable(typeof(SimulationComplete))]
[JsonSerializable(typeof(RunChange))]
[JsonSerializable(typeof(RefreshCredentialRequest))]
[JsonSerializable(typeof(RefreshCredentialResult))]
[JsonSerializable(typeof(TicketRequest))]
[JsonSerializable(typeof(TicketResult))]
[JsonSerializable(typeof(SessionResult))]
[JsonSerializable(typeof(PrincipalSummary))]
[JsonSerializable(typeof(AuditVerdict))]
[JsonSerializable(typeof(SubscribeWorkspaceRequest))]
[JsonSerializable(typeof(PresenceRequest))]
[JsonSerializable(typeof(PresenceResult))]
[JsonSerializable(typeof(PresenceState))]
[JsonSerializable(typeof(PresenceDiff))]
[JsonSerializable(typeof(AgentStatusChanged))]
[JsonSerializable(typeof(LogEntry))]
[JsonSerializable(typeof(SpecUpdated))]
[JsonSerializable(typeof(TaskCompleted))]
[JsonSerializable(typeof(BlockerRaised))]
[JsonSerializable(typeof(ResourceOwner))]
[JsonSerializable(typeof(IReadOnlyList<ResourceOwner>))]
public sealed partial class RealtimeJsonContext : JsonSerializerContext;
