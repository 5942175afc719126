// Generated from the C# contract by `rthub contract generate`. Do not edit.
import type { HubConnection, IStreamResult } from "@microsoft/signalr";
import type {
  AckRequest,
  AckResult,
  Control,
  CredentialTerm,
  Degraded,
  ErrorNotice,
  FocusModeResult,
  FrameEnvelope,
  Gap,
  Heartbeat,
  JoinRunRequest,
  ListJobsRequest,
  ListJobsResult,
  ListRunsRequest,
  ListRunsResult,
  PingResult,
  PresenceDiff,
  PresenceRequest,
  PresenceResult,
  PresenceState,
  PublishBatchResult,
  PublishEvent,
  PublishRequest,
  PublishResult,
  PublishStreamRequest,
  RefreshCredentialRequest,
  RefreshCredentialResult,
  Restored,
  ResyncRequest,
  RunRequest,
  RunResult,
  Skipped,
  StartRunRequest,
  SteerRunRequest,
  StepRunRequest,
  StoryNodeResult,
  StoryRequest,
  StreamFeaturesRequest,
  StreamItem,
  StreamSimulationRequest,
  SubscribeDriversRequest,
  SubscribeEventsRequest,
  SubscribeFieldsRequest,
  SubscribeJobRequest,
  SubscribeJobsRequest,
  SubscribeResult,
  SubscribeSystemRequest,
  SubscribeTilesRequest,
  SubscribeWorkspaceRequest,
  SubscribeXaiRequest,
  Subscribed,
  TrackTilesRequest,
  TrackTilesResult,
  UnsubscribeEventsRequest,
  UnsubscribeRequest,
  UnsubscribeResult,
  Unsubscribed,
} from "./types.js";

/** What a proxy needs of a connection; the `HubConnection` of @microsoft/signalr has it. */
export type HubCaller = Pick<HubConnection, "invoke" | "stream" | "on" | "off">;

/** What every hub may push, by name. */
export interface RealtimePushes {
  /** The connection lives; every subscription's position. */
  readonly Heartbeat: Heartbeat;
  /** A subscription starts here; stands ahead of its first frame. */
  readonly Subscribed: Subscribed;
  /** The server has ended a subscription. */
  readonly Unsubscribed: Unsubscribed;
  /** Frames are lost to a subscription. */
  readonly Gap: Gap;
  /** Frames were withheld on purpose. */
  readonly Skipped: Skipped;
  /** A subscription lags beyond its limit. */
  readonly Degraded: Degraded;
  /** A degraded subscription has caught up. */
  readonly Restored: Restored;
  /** Something went wrong that no call can answer. */
  readonly Error: ErrorNotice;
  /** When the connection's credential ends, and when to refresh it. */
  readonly CredentialTerm: CredentialTerm;
  /** The server closes the connection next. */
  readonly Control: Control;
}

/** What every hub can be asked. */
export class RealtimeHubProxy<P extends RealtimePushes = RealtimePushes> {
  constructor(protected readonly caller: HubCaller) {}

  /** Listens to a push; the answer stops it again. */
  on<K extends keyof P & string>(push: K, handler: (argument: P[K]) => void): () => void {
    this.caller.on(push, handler);
    return () => {
      this.caller.off(push, handler);
    };
  }

  /** Ends a subscription. */
  unsubscribe(request: UnsubscribeRequest): Promise<UnsubscribeResult> {
    return this.caller.invoke("Unsubscribe", request);
  }

  /** Sets a subscription back to a position. */
  resync(request: ResyncRequest): Promise<SubscribeResult> {
    return this.caller.invoke("Resync", request);
  }

  /** Acknowledges frames, one by one. */
  ack(request: AckRequest): Promise<AckResult> {
    return this.caller.invoke("Ack", request);
  }

  /** Asks whether the server is there. */
  ping(): Promise<PingResult> {
    return this.caller.invoke("Ping");
  }

  /** Replaces the connection's credential by a newer one of the same user. */
  refreshCredential(request: RefreshCredentialRequest): Promise<RefreshCredentialResult> {
    return this.caller.invoke("RefreshCredential", request);
  }
}

/** Where the climate hub is, and everything that it may push. */
export const climateHub = {
  path: "/hubs/climate",
  pushes: ["Data", "Xai", "Heartbeat", "Subscribed", "Unsubscribed", "Gap", "Skipped", "Degraded", "Restored", "Error", "CredentialTerm", "Control"],
} as const;

/** What the climate hub may push, by name. */
export interface ClimatePushes extends RealtimePushes {
  /** Fields, drivers or a tile. */
  readonly Data: FrameEnvelope;
  /** An explanation. */
  readonly Xai: FrameEnvelope;
}

/** The climate hub, `/hubs/climate`. */
export class ClimateHubProxy extends RealtimeHubProxy<ClimatePushes> {
  /** Subscribes to fields of variables. */
  subscribe(request: SubscribeFieldsRequest): Promise<SubscribeResult> {
    return this.caller.invoke("Subscribe", request);
  }

  /** Subscribes to hazard drivers. */
  subscribeDrivers(request: SubscribeDriversRequest): Promise<SubscribeResult> {
    return this.caller.invoke("SubscribeDrivers", request);
  }

  /** Subscribes to explanations, or asks for one. */
  subscribeXai(request: SubscribeXaiRequest): Promise<SubscribeResult> {
    return this.caller.invoke("SubscribeXai", request);
  }

  /** Subscribes to one map tile. */
  subscribeTiles(request: SubscribeTilesRequest): Promise<SubscribeResult> {
    return this.caller.invoke("SubscribeTiles", request);
  }

  /** Says which tiles a viewport shows. */
  trackTiles(request: TrackTilesRequest): Promise<TrackTilesResult> {
    return this.caller.invoke("TrackTiles", request);
  }

  /** Streams fields of variables. */
  streamFields(request: SubscribeFieldsRequest): IStreamResult<StreamItem> {
    return this.caller.stream("StreamFields", request);
  }

  /** Streams hazard drivers. */
  streamDrivers(request: SubscribeDriversRequest): IStreamResult<StreamItem> {
    return this.caller.stream("StreamDrivers", request);
  }

  /** Streams explanations. */
  streamXai(request: SubscribeXaiRequest): IStreamResult<StreamItem> {
    return this.caller.stream("StreamXai", request);
  }

  /** Tells what the newest frames of a box say, for a story. */
  getStoryNode(request: StoryRequest): Promise<StoryNodeResult> {
    return this.caller.invoke("GetStoryNode", request);
  }

  /** Tells what the newest frames of a box say, for a map that is focused there. */
  getFocusMode(request: StoryRequest): Promise<FocusModeResult> {
    return this.caller.invoke("GetFocusMode", request);
  }
}

/** Where the events hub is, and everything that it may push. */
export const eventsHub = {
  path: "/hubs/events",
  pushes: ["Event", "Heartbeat", "Subscribed", "Unsubscribed", "Gap", "Skipped", "Degraded", "Restored", "Error", "CredentialTerm", "Control"],
} as const;

/** What the events hub may push, by name. */
export interface EventsPushes extends RealtimePushes {
  /** A security event, alert, detection or camera state. */
  readonly Event: FrameEnvelope;
}

/** The events hub, `/hubs/events`. */
export class EventsHubProxy extends RealtimeHubProxy<EventsPushes> {
  /** Subscribes to events by patterns, or adds patterns. */
  subscribe(request: SubscribeEventsRequest): Promise<SubscribeResult> {
    return this.caller.invoke("Subscribe", request);
  }

  /** Removes patterns. */
  unsubscribeEvents(request: UnsubscribeEventsRequest): Promise<UnsubscribeResult> {
    return this.caller.invoke("UnsubscribeEvents", request);
  }

  /** Publishes one event. */
  publish(request: PublishRequest): Promise<PublishResult> {
    return this.caller.invoke("Publish", request);
  }

  /** Publishes events as they come; ends with the first refusal. */
  publishStream(request: PublishStreamRequest, items: IStreamResult<PublishEvent>): Promise<PublishBatchResult> {
    return this.caller.invoke("PublishStream", request, items);
  }
}

/** Where the jobs hub is, and everything that it may push. */
export const jobsHub = {
  path: "/hubs/jobs",
  pushes: ["Job", "Heartbeat", "Subscribed", "Unsubscribed", "Gap", "Skipped", "Degraded", "Restored", "Error", "CredentialTerm", "Control"],
} as const;

/** What the jobs hub may push, by name. */
export interface JobsPushes extends RealtimePushes {
  /** A job's state or log line. */
  readonly Job: FrameEnvelope;
}

/** The jobs hub, `/hubs/jobs`. */
export class JobsHubProxy extends RealtimeHubProxy<JobsPushes> {
  /** Subscribes to one job's states and log lines; ends with the job. */
  subscribeJob(request: SubscribeJobRequest): Promise<SubscribeResult> {
    return this.caller.invoke("SubscribeJob", request);
  }

  /** Subscribes to the states of all jobs. */
  subscribeJobs(request: SubscribeJobsRequest): Promise<SubscribeResult> {
    return this.caller.invoke("SubscribeJobs", request);
  }

  /** Streams one job's states and log lines; completes when the job has ended. */
  streamLogs(request: SubscribeJobRequest): IStreamResult<StreamItem> {
    return this.caller.stream("StreamLogs", request);
  }

  /** Lists jobs. */
  listJobs(request: ListJobsRequest): Promise<ListJobsResult> {
    return this.caller.invoke("ListJobs", request);
  }

  /** Publishes one state or log line. */
  publish(request: PublishRequest): Promise<PublishResult> {
    return this.caller.invoke("Publish", request);
  }

  /** Publishes states and log lines as they come; ends with the first refusal. */
  publishStream(request: PublishStreamRequest, items: IStreamResult<PublishEvent>): Promise<PublishBatchResult> {
    return this.caller.invoke("PublishStream", request, items);
  }
}

/** Where the simulation hub is, and everything that it may push. */
export const simulationHub = {
  path: "/hubs/simulation",
  pushes: ["Simulation", "Heartbeat", "Subscribed", "Unsubscribed", "Gap", "Skipped", "Degraded", "Restored", "Error", "CredentialTerm", "Control"],
} as const;

/** What the simulation hub may push, by name. */
export interface SimulationPushes extends RealtimePushes {
  /** A frame of a run. */
  readonly Simulation: FrameEnvelope;
}

/** The simulation hub, `/hubs/simulation`. */
export class SimulationHubProxy extends RealtimeHubProxy<SimulationPushes> {
  /** Streams the features of a run that all who ask for the same share. */
  streamFeatures(request: StreamFeaturesRequest): IStreamResult<StreamItem> {
    return this.caller.stream("StreamFeatures", request);
  }

  /** Streams the state of a run that all who ask for the same share, from its first step on. */
  streamSimulation(request: StreamSimulationRequest): IStreamResult<StreamItem> {
    return this.caller.stream("StreamSimulation", request);
  }

  /** Streams a run that is known by its id. */
  joinRun(request: JoinRunRequest): IStreamResult<StreamItem> {
    return this.caller.stream("JoinRun", request);
  }

  /** Starts a run of the caller's own. */
  startRun(request: StartRunRequest): Promise<RunResult> {
    return this.caller.invoke("StartRun", request);
  }

  /** Lists runs. */
  listRuns(request: ListRunsRequest): Promise<ListRunsResult> {
    return this.caller.invoke("ListRuns", request);
  }

  /** Lets a run stand still. */
  pauseRun(request: RunRequest): Promise<RunResult> {
    return this.caller.invoke("PauseRun", request);
  }

  /** Lets a run go on. */
  resumeRun(request: RunRequest): Promise<RunResult> {
    return this.caller.invoke("ResumeRun", request);
  }

  /** Computes some steps of a run and leaves it paused. */
  stepRun(request: StepRunRequest): Promise<RunResult> {
    return this.caller.invoke("StepRun", request);
  }

  /** Changes a run before its next step. */
  steerRun(request: SteerRunRequest): Promise<RunResult> {
    return this.caller.invoke("SteerRun", request);
  }

  /** Ends a run. */
  stopRun(request: RunRequest): Promise<RunResult> {
    return this.caller.invoke("StopRun", request);
  }
}

/** Where the system hub is, and everything that it may push. */
export const systemHub = {
  path: "/hubs/system",
  pushes: ["Status", "Heartbeat", "Subscribed", "Unsubscribed", "Gap", "Skipped", "Degraded", "Restored", "Error", "CredentialTerm", "Control"],
} as const;

/** What the system hub may push, by name. */
export interface SystemPushes extends RealtimePushes {
  /** A status of this node or of a registered service. */
  readonly Status: FrameEnvelope;
}

/** The system hub, `/hubs/system`. */
export class SystemHubProxy extends RealtimeHubProxy<SystemPushes> {
  /** Subscribes to the status of the server and of registered services. */
  subscribe(request: SubscribeSystemRequest): Promise<SubscribeResult> {
    return this.caller.invoke("Subscribe", request);
  }
}

/** Where the workspace hub is, and everything that it may push. */
export const workspaceHub = {
  path: "/hubs/workspace",
  pushes: ["Workspace", "PresenceState", "PresenceDiff", "Heartbeat", "Subscribed", "Unsubscribed", "Gap", "Skipped", "Degraded", "Restored", "Error", "CredentialTerm", "Control"],
} as const;

/** What the workspace hub may push, by name. */
export interface WorkspacePushes extends RealtimePushes {
  /** Something happened to a spec, an agent or a team. */
  readonly Workspace: FrameEnvelope;
  /** Everyone in a channel; comes once, after the subscription has started. */
  readonly PresenceState: PresenceState;
  /** Somebody came into a channel or left it. */
  readonly PresenceDiff: PresenceDiff;
}

/** The workspace hub, `/hubs/workspace`. */
export class WorkspaceHubProxy extends RealtimeHubProxy<WorkspacePushes> {
  /** Subscribes to a spec, an agent or a team, and makes the caller present there. */
  subscribe(request: SubscribeWorkspaceRequest): Promise<SubscribeResult> {
    return this.caller.invoke("Subscribe", request);
  }

  /** Tells who is in a channel. */
  presence(request: PresenceRequest): Promise<PresenceResult> {
    return this.caller.invoke("Presence", request);
  }

  /** Publishes one event. */
  publish(request: PublishRequest): Promise<PublishResult> {
    return this.caller.invoke("Publish", request);
  }

  /** Publishes events as they come; ends with the first refusal. */
  publishStream(request: PublishStreamRequest, items: IStreamResult<PublishEvent>): Promise<PublishBatchResult> {
    return this.caller.invoke("PublishStream", request, items);
  }
}
