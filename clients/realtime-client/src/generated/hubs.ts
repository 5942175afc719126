// Generated from the C# contract by `rthub contract generate`. Do not edit.
import type { HubConnection, IStreamResult } from "@microsoft/signalr";
import type {
  AckRequest,
  AckResult,
  Control,
  Degraded,
  ErrorNotice,
  FrameEnvelope,
  Gap,
  Heartbeat,
  ListJobsRequest,
  ListJobsResult,
  PingResult,
  PublishBatchResult,
  PublishEvent,
  PublishRequest,
  PublishResult,
  PublishStreamRequest,
  Restored,
  ResyncRequest,
  Skipped,
  StreamItem,
  SubscribeEventsRequest,
  SubscribeJobRequest,
  SubscribeJobsRequest,
  SubscribeResult,
  SubscribeSystemRequest,
  Subscribed,
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
}

/** Where the events hub is, and everything that it may push. */
export const eventsHub = {
  path: "/hubs/events",
  pushes: ["Event", "Heartbeat", "Subscribed", "Unsubscribed", "Gap", "Skipped", "Degraded", "Restored", "Error", "Control"],
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
  pushes: ["Job", "Heartbeat", "Subscribed", "Unsubscribed", "Gap", "Skipped", "Degraded", "Restored", "Error", "Control"],
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

/** Where the system hub is, and everything that it may push. */
export const systemHub = {
  path: "/hubs/system",
  pushes: ["Status", "Heartbeat", "Subscribed", "Unsubscribed", "Gap", "Skipped", "Degraded", "Restored", "Error", "Control"],
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
