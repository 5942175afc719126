// Generated from the C# contract by `rthub contract generate`. Do not edit.
import type { CloseReason, ErrorCode, GapReason, JobState, NumericType, RecoveryReason, SkipReason, SlowConsumerPolicy } from "./constants.js";

/** Acknowledges frames one by one; acknowledging one says nothing about those before it. */
export interface AckRequest {
  /** The channel of the frames. */
  readonly channel?: string;
  /** The epoch of the offsets. Default: the current one. */
  readonly epoch?: string;
  /** The offsets, 1 to 1,000 of them. */
  readonly sequences?: readonly number[];
}

/** The answer to an acknowledgement. */
export interface AckResult {
  /** Offsets that are acknowledged now, those acknowledged before included. */
  readonly acknowledged: readonly number[];
  /** Offsets that need no acknowledgement from this consumer. */
  readonly unknown: readonly number[];
  /** Everything up to here is acknowledged or needs no acknowledgement. */
  readonly floor: number;
  /** How many frames still wait for an acknowledgement. */
  readonly unacknowledged: number;
  /** What is wrong with the request. */
  readonly error?: ProtocolError;
}

/** One channel that the caller may read. */
export interface ChannelSummary {
  /** Its name. */
  readonly channel: string;
  /** The epoch of its log. */
  readonly epoch: string;
  /** Its newest offset. */
  readonly sequence: number;
  /** The oldest offset kept; one above the newest when none is. */
  readonly oldest: number;
  /** How many frames are kept. */
  readonly frames: number;
  /** How many bytes they take. */
  readonly bytes: number;
  /** How many subscriptions and streams read it now. */
  readonly subscriptions: number;
  /** The path of the hub that serves it. */
  readonly hub?: string;
}

/** The last message before the server closes the connection: why, and whether to come back. */
export interface Control {
  /** From {@link CloseReasons}. */
  readonly code: CloseReason;
  /** A sentence for people. */
  readonly reason: string;
  /** Whether the client should connect again. */
  readonly reconnect: boolean;
  /** When to come back, in milliseconds; absent where the client's own backoff will do. */
  readonly retry_after_ms?: number;
}

/** Processors. */
export interface CpuStatus {
  /** How many the process may use. */
  readonly count: number;
  /** Of all of them, used by this process since the last sample; 0 to 100. */
  readonly process_percent: number;
  /** Of all of them, used by anything; absent where the system does not tell. */
  readonly machine_percent?: number;
  /** Runnable tasks, 1 minute mean; absent where the system does not tell. */
  readonly load_average1m?: number;
}

/** A subscription is over its lag limit: from here its slow-consumer policy acts. */
export interface Degraded {
  /** The channel. */
  readonly channel: string;
  /** What is the matter; `slow_consumer`. */
  readonly reason: string;
  /** The slow-consumer policy that acts, from {@link SlowConsumerPolicies}. */
  readonly policy: SlowConsumerPolicy;
  /** How many frames behind it was. */
  readonly lag: number;
}

/** Delivery. */
export interface DeliveryStatus {
  /** Open hub connections. */
  readonly connections: number;
  /** Channels held. */
  readonly channels: number;
  /** Subscriptions and streams. */
  readonly subscriptions: number;
  /** Frames appended, since the last sample. */
  readonly frames_published_per_second: number;
  /** Frames written to connections, since the last sample. */
  readonly frames_delivered_per_second: number;
  /** Frames announced as lost, since the last sample. */
  readonly frames_lost_per_second: number;
  /** The largest lag of any subscription now. */
  readonly max_lag_frames: number;
  /** Subscriptions that are over their limit now. */
  readonly lagging_subscriptions: number;
}

/** One disk, in bytes. */
export interface DiskStatus {
  /** Where it is mounted. */
  readonly path: string;
  /** Its size. */
  readonly total_bytes: number;
  /** What this process may still use. */
  readonly free_bytes: number;
}

/** The facts behind an error. */
export interface ErrorDetails {
  /** One entry per bad member. */
  readonly errors?: readonly FieldError[];
  /** The limit that was met, as a sentence. */
  readonly limit?: string;
}

/** Something went wrong that no call can answer. */
export interface ErrorNotice {
  /** The subscription id it is about, if any. */
  readonly ref?: string;
  /** What it is. */
  readonly error: ProtocolError;
}

/** What is wrong with one member of a request. */
export interface FieldError {
  /** The member, as a path (`data.risk_score`, `events[2]`). */
  readonly field: string;
  /** A sentence that says what was expected. */
  readonly message: string;
  /** The offending value, cut to 100 characters; absent when the member is missing. */
  readonly value?: string;
  /** The bound or the set of values that it violates. */
  readonly bound?: string;
}

/**
 * A dense array of numbers with its shape, unit and scale: a field, a row of levels, a set of cells. Immutable. Numbers
 * are little-endian, the last dimension runs fastest. A stored whole number q means `offset + scale · q`; float32 is
 * stored as it is, with scale 1 and offset 0.
 */
export interface FloatBlock {
  /** How the numbers are stored, from {@link NumericTypes}. */
  readonly dtype: NumericType;
  /** The length of each dimension, slowest first. */
  readonly shape: readonly number[];
  /** The unit of the numbers (`V`, `K`); 1 for none. */
  readonly units: string;
  /** The difference that one step of a stored whole number makes. */
  readonly scale: number;
  /** What a stored 0 means. */
  readonly offset: number;
  /** The numbers. */
  readonly data: string | Uint8Array;
}

/**
 * An envelope with its position: what every push carries, the same bytes for every subscriber. Immutable. PROTOCOL.md,
 * rule P1.
 */
export interface FrameEnvelope {
  /** The canonical dotted name of what this is (`alert.created`). */
  readonly type: string;
  /** The channel it was published to. */
  readonly channel: string;
  /** The epoch of the channel's log. */
  readonly epoch: string;
  /** The offset in the channel's log; starts at 1, rises by exactly 1. */
  readonly sequence: number;
  /** When it happened or was measured, UTC. */
  readonly timestamp: string;
  /** Unique and stable: redelivery and replay repeat it. */
  readonly eventId: string;
  /** What this answers or belongs to. */
  readonly correlation_id?: string;
  /** How the payload is encoded; `json`. */
  readonly encoding: string;
  /** Whether every consumer has to acknowledge it. */
  readonly requires_ack: boolean;
  /** Flat facts that filters look at. */
  readonly tags?: Readonly<Record<string, string>>;
  /** The content. */
  readonly payload: unknown;
  /** Large numeric content by name: binary where the protocol can, base64 in JSON. */
  readonly blocks?: Readonly<Record<string, FloatBlock>>;
}

/** Loss, announced in its place in the order: these frames will not come on this subscription. */
export interface Gap {
  /** The channel. */
  readonly channel: string;
  /** The epoch of the offsets. */
  readonly epoch: string;
  /** The first offset lost. */
  readonly from: number;
  /** The last offset lost. */
  readonly to: number;
  /** How many frames were lost: all of `from` to `to`. */
  readonly count: number;
  /** From {@link GapReasons}: the log no longer had them, or the slow-consumer policy dropped them. */
  readonly reason: GapReason;
}

/** The garbage collector. */
export interface GcStatus {
  /** Collections of generation 0 since start. */
  readonly gen0: number;
  /** Collections of generation 1 since start. */
  readonly gen1: number;
  /** Collections of generation 2 since start. */
  readonly gen2: number;
  /** Time in pauses since start, 0 to 100. */
  readonly pause_percent: number;
  /** Allocation rate since the last sample. */
  readonly allocated_bytes_per_second: number;
}

/** One graphics processor. */
export interface GpuStatus {
  /** Its product name. */
  readonly name: string;
  /** 0 to 100. */
  readonly utilization_percent?: number;
  /** Memory used. */
  readonly memory_used_bytes?: number;
  /** Memory in all. */
  readonly memory_total_bytes?: number;
  /** Temperature of the chip. */
  readonly temperature_celsius?: number;
}

/** Tells that the connection lives and where its subscriptions stand, so that even an idle client sees a hole. */
export interface Heartbeat {
  /** The server's clock, UTC. */
  readonly timestamp: string;
  /** When the next one is due. */
  readonly interval_seconds: number;
  /** One entry per subscription. */
  readonly positions: readonly SubscriptionPosition[];
}

/** One page of a channel's kept frames. */
export interface HistoryPage {
  /** The channel. */
  readonly channel: string;
  /** The channel's position, read before the frames: subscribing from it misses nothing. */
  readonly position: StreamPosition;
  /** The oldest offset kept; one above the newest when none is. */
  readonly oldest: number;
  /** The frames, in the order asked for. */
  readonly frames: readonly FrameEnvelope[];
  /** The `from` of the next page; absent on the last. */
  readonly next?: number;
}

/** What is known of one job. */
export interface JobStatus {
  /** The job. */
  readonly job_id: string;
  /** What kind of work it is. */
  readonly job_type?: string;
  /** From {@link JobStates}. */
  readonly state: JobState;
  /** 0 to 100 %. */
  readonly progress: number;
  /** When it started, UTC. */
  readonly started_at?: string;
  /** When it ended, UTC. */
  readonly ended_at?: string;
  /** Why it failed. */
  readonly error?: string;
  /** The channel of its states and log lines. */
  readonly channel: string;
  /** Who published its first event. */
  readonly owner?: string;
}

/** Asks for the jobs that the server remembers, newest first. */
export interface ListJobsRequest {
  /** Only jobs in this state, from {@link JobStates}. */
  readonly state?: JobState;
  /** At most this many, 1 to 1,000. Default 100. */
  readonly limit?: number;
}

/** The jobs that the server remembers. */
export interface ListJobsResult {
  /** The jobs, newest first. */
  readonly jobs: readonly JobStatus[];
  /** What is wrong with the request. */
  readonly error?: ProtocolError;
}

/** Memory, in bytes. */
export interface MemoryStatus {
  /** Resident memory of this process. */
  readonly process_bytes: number;
  /** The managed heap, as of the last collection. */
  readonly managed_heap_bytes: number;
  /** What the process may use at most. */
  readonly machine_total_bytes: number;
  /** What is free for new work; absent where the system does not tell. */
  readonly machine_available_bytes?: number;
}

/** The answer to a ping. */
export interface PingResult {
  /** Always `pong`. */
  readonly type: string;
  /** The server's clock, UTC. */
  readonly timestamp: string;
}

/** A refusal over HTTP, `application/problem+json` (RFC 9457): the same facts as a {@link ProtocolError}. */
export interface Problem {
  /** Always `about:blank`: decide by `code`. */
  readonly type: string;
  /** What the code means. */
  readonly title: string;
  /** The status of the answer. */
  readonly status: number;
  /** A sentence for people. */
  readonly detail: string;
  /** The code, from {@link ErrorCodes}. */
  readonly code: ErrorCode;
  /** Whether the same request may succeed later. */
  readonly retryable: boolean;
  /** When to try again, in milliseconds, where that is known. */
  readonly retry_after_ms?: number;
  /** One entry per bad member. */
  readonly errors?: readonly FieldError[];
}

/** A refusal, as data: hub results, stream items, notices and problem details carry it. */
export interface ProtocolError {
  /**
   * The code, from {@link ErrorCodes}, or of a stream that the server broke off from {@link CloseReasons}. Decide by
   * this, never by the message.
   */
  readonly code: ErrorCode | CloseReason;
  /** A sentence for people: it names the field, the value and the bound where there are any. */
  readonly message: string;
  /** Whether the same request may succeed later. */
  readonly retryable: boolean;
  /** When to try again, in milliseconds, where that is known. */
  readonly retry_after_ms?: number;
  /** The facts behind it. */
  readonly details?: ErrorDetails;
}

/**
 * The answer to many events at once: all of them are published, or none; an upload stream publishes until the first
 * refusal.
 */
export interface PublishBatchResult {
  /** The channel. */
  readonly channel?: string;
  /** The epoch of the channel's log. */
  readonly epoch?: string;
  /** How many events were published. */
  readonly count: number;
  /** The offset of the first. */
  readonly first_sequence?: number;
  /** The offset of the last. */
  readonly last_sequence?: number;
  /** Whether this repeats an earlier publish, whose result this is. */
  readonly duplicate: boolean;
  /** One result per event, in order; absent for upload streams. */
  readonly results?: readonly PublishResult[];
  /** Why it ended early. */
  readonly error?: ProtocolError;
}

/** One event as a producer sends it: a line of NDJSON, the body of a POST, an item of an upload stream. */
export interface PublishEvent {
  /** What it is; dotted names are canonical, underscores mean the same. */
  readonly type?: string;
  /** The content, an object. */
  readonly payload?: unknown;
  /** When it happened, UTC. Default: when the server received it. */
  readonly timestamp?: string;
  /** Unique and stable, 1 to 100 characters. Default: made by the server. */
  readonly eventId?: string;
  /** What it answers or belongs to, at most 100 characters. */
  readonly correlation_id?: string;
  /** Flat facts that filters look at: at most 16, names up to 50 characters, values up to 200. */
  readonly tags?: Readonly<Record<string, string>>;
}

/** Publishes one event to a channel. */
export interface PublishRequest {
  /** The channel, of a publishable family. */
  readonly channel?: string;
  /** The event. */
  readonly event?: PublishEvent;
  /** A repeat with the same key within 5 minutes gets the first answer; 1 to 200 characters. */
  readonly idempotency_key?: string;
}

/** The answer to a publish: where the event stands, or why it was refused. */
export interface PublishResult {
  /** The channel. */
  readonly channel?: string;
  /** The epoch of the channel's log. */
  readonly epoch?: string;
  /** The offset that the event was given. */
  readonly sequence?: number;
  /** The id of the event. */
  readonly eventId?: string;
  /** Whether this repeats an earlier publish, whose result this is. */
  readonly duplicate: boolean;
  /** Why it was refused; nothing of it was published then. */
  readonly error?: ProtocolError;
}

/** Opens an upload of events to one channel. */
export interface PublishStreamRequest {
  /** The channel, of a publishable family. */
  readonly channel?: string;
}

/** A degraded subscription has caught up. */
export interface Restored {
  /** The channel. */
  readonly channel: string;
  /** The offset up to which it is served. */
  readonly sequence: number;
}

/** Sets one subscription back to a position; what came after it is delivered again. */
export interface ResyncRequest {
  /** The subscriber's own id; this or `channel` is needed. */
  readonly id?: string;
  /** The channel; this or `id` is needed. */
  readonly channel?: string;
  /** The last position that the client has accounted for. */
  readonly from?: StreamPosition;
}

/** The payload of `service.status`: one registered service, as last probed or as it reported itself. */
export interface ServiceStatus {
  /** Its name. */
  readonly service: string;
  /**
   * `healthy` or `unhealthy` when probed; also `running stopped crashed disabled restarting restart_failed failed
   * degraded unknown` when it reports itself.
   */
  readonly status: string;
  /** How long the last probe took. */
  readonly latency_ms?: number;
  /** Why it is not healthy. */
  readonly message?: string;
  /** When this was found out, UTC. */
  readonly checked_at?: string;
}

/** Frames withheld on purpose. Merged: the range may hold frames that were delivered, which do not count. */
export interface Skipped {
  /** The channel. */
  readonly channel: string;
  /** The epoch of the offsets. */
  readonly epoch: string;
  /** The first offset withheld. */
  readonly from: number;
  /** The last offset withheld. */
  readonly to: number;
  /** How many offsets of the range were withheld: exactly those not received. */
  readonly count: number;
  /** From {@link SkipReasons}. */
  readonly reason: SkipReason;
}

/**
 * One item of a streamed channel: `subscribed` first, then frames and notices, and last `error` or `end`. A refused
 * stream yields one `error` and completes normally. The member named by `kind` is set.
 */
export type StreamItem =
  | {
      readonly kind: "subscribed";
      /** The start of the stream. */
      readonly subscribed: Subscribed;
    }
  | {
      readonly kind: "frame";
      /** A frame. */
      readonly frame: FrameEnvelope;
    }
  | {
      readonly kind: "gap";
      /** Lost frames, in their place. */
      readonly gap: Gap;
    }
  | {
      readonly kind: "skipped";
      /** Frames withheld on purpose. */
      readonly skipped: Skipped;
    }
  | {
      readonly kind: "degraded";
      /** The reader lags beyond its limit. */
      readonly degraded: Degraded;
    }
  | {
      readonly kind: "error";
      /** Why the stream was refused or broke off. */
      readonly error: ProtocolError;
    }
  | {
      readonly kind: "end";
      /** Where the stream ended, because the channel did. */
      readonly end: StreamPosition;
    };

/**
 * A place in one channel's log: which log, and how far into it. Two positions compare only when their epochs are equal.
 * As text: `epoch:offset`.
 */
export interface StreamPosition {
  /** The identity of one life of the log; opaque, 8 or more characters. */
  readonly epoch: string;
  /** The offset; 0 stands before the first frame. On the wire `sequence`. */
  readonly sequence: number;
}

/** Subscribes to security events. A further call adds patterns; a start position counts on the first call only. */
export interface SubscribeEventsRequest {
  /**
   * Patterns of event types, 1 to 64 of up to 200 characters: `*`, `alert.*`, `camera.offline`; `?` is one character,
   * `[ab]` one of a set, `*` crosses dots.
   */
  readonly events?: readonly string[];
  /**
   * The name of a consumer, 1 to 50 characters: it acknowledges, and gets again what it did not. Default: none, just
   * watching.
   */
  readonly consumer?: string;
  /** The subscriber's own id, 1 to 100 characters. Default: the channel's name. */
  readonly id?: string;
  /** Resume after this position. */
  readonly from?: StreamPosition;
  /** Start with the last n frames kept, 0 to 100,000. */
  readonly last?: number;
  /** Start with the first frame appended at or after this time, UTC. */
  readonly since?: string;
  /** The slow-consumer policy, from {@link SlowConsumerPolicies}. Default: the channel's. */
  readonly policy?: SlowConsumerPolicy;
  /** How many frames it may lag before the policy acts, 2 to 10,000. Default 1,000. */
  readonly max_lag_frames?: number;
  /** How many bytes it may lag before the policy acts, 1,024 to 16,777,216. Default 4,194,304. */
  readonly max_lag_bytes?: number;
  /** Which tags a frame must have. Default: no condition. */
  readonly filter?: TagFilter;
}

/**
 * Subscribes to one job's states and log lines, as push or as a stream. With no start it begins with the log's first
 * line.
 */
export interface SubscribeJobRequest {
  /** The job. */
  readonly job_id?: string;
  /** The subscriber's own id, 1 to 100 characters. Default: the channel's name. */
  readonly id?: string;
  /** Resume after this position. */
  readonly from?: StreamPosition;
  /** Start with the last n frames kept, 0 to 100,000. */
  readonly last?: number;
  /** Start with the first frame appended at or after this time, UTC. */
  readonly since?: string;
  /** The slow-consumer policy, from {@link SlowConsumerPolicies}. Default: the channel's. */
  readonly policy?: SlowConsumerPolicy;
  /** How many frames it may lag before the policy acts, 2 to 10,000. Default 1,000. */
  readonly max_lag_frames?: number;
  /** How many bytes it may lag before the policy acts, 1,024 to 16,777,216. Default 4,194,304. */
  readonly max_lag_bytes?: number;
  /** Which tags a frame must have. Default: no condition. */
  readonly filter?: TagFilter;
}

/** Subscribes to the states of all jobs; log lines are on each job's own channel. */
export interface SubscribeJobsRequest {
  /** The subscriber's own id, 1 to 100 characters. Default: the channel's name. */
  readonly id?: string;
  /** Resume after this position. */
  readonly from?: StreamPosition;
  /** Start with the last n frames kept, 0 to 100,000. */
  readonly last?: number;
  /** Start with the first frame appended at or after this time, UTC. */
  readonly since?: string;
  /** The slow-consumer policy, from {@link SlowConsumerPolicies}. Default: the channel's. */
  readonly policy?: SlowConsumerPolicy;
  /** How many frames it may lag before the policy acts, 2 to 10,000. Default 1,000. */
  readonly max_lag_frames?: number;
  /** How many bytes it may lag before the policy acts, 1,024 to 16,777,216. Default 4,194,304. */
  readonly max_lag_bytes?: number;
  /** Which tags a frame must have. Default: no condition. */
  readonly filter?: TagFilter;
}

/** The answer to a subscribe or a resync: exactly one member is set. */
export interface SubscribeResult {
  /** The subscription; the same as the notice that stands ahead of its first frame. */
  readonly subscription?: Subscribed;
  /** Why there is none. */
  readonly error?: ProtocolError;
}

/** Subscribes to the server's status: the newest at once, then one every 5 s. */
export interface SubscribeSystemRequest {
  /** The subscriber's own id, 1 to 100 characters. Default: the channel's name. */
  readonly id?: string;
  /** Resume after this position. */
  readonly from?: StreamPosition;
  /** Start with the last n frames kept, 0 to 100,000. */
  readonly last?: number;
  /** Start with the first frame appended at or after this time, UTC. */
  readonly since?: string;
  /** The slow-consumer policy, from {@link SlowConsumerPolicies}. Default: the channel's. */
  readonly policy?: SlowConsumerPolicy;
  /** How many frames it may lag before the policy acts, 2 to 10,000. Default 1,000. */
  readonly max_lag_frames?: number;
  /** How many bytes it may lag before the policy acts, 1,024 to 16,777,216. Default 4,194,304. */
  readonly max_lag_bytes?: number;
  /** Which tags a frame must have. Default: no condition. */
  readonly filter?: TagFilter;
}

/**
 * A subscription starts, or starts again at another position: it stands ahead of the first frame after it. PROTOCOL.md,
 * rules P10 to P16.
 */
export interface Subscribed {
  /** The subscriber's own id for it. */
  readonly id: string;
  /** The channel that its frames carry. */
  readonly channel: string;
  /** The epoch of the channel's log. */
  readonly epoch: string;
  /** The next frame, gap or skip starts right after this offset. */
  readonly sequence: number;
  /** Whether a position was asked for and nothing after it is lost. */
  readonly recovered: boolean;
  /** Why it was not recovered, from {@link RecoveryReasons}. */
  readonly reason?: RecoveryReason;
  /** True when less was kept than `last` or `since` asked for. */
  readonly clamped?: boolean;
  /** The event patterns now in force, on channels with patterns. */
  readonly events?: readonly string[];
  /** The slow-consumer policy that was granted, from {@link SlowConsumerPolicies}. */
  readonly policy?: SlowConsumerPolicy;
  /** The consumer that acknowledgements count for. */
  readonly consumer?: string;
  /** Offsets of frames at or below `sequence` that this consumer has still to acknowledge; they come again. */
  readonly unacknowledged?: number;
}

/** Where one subscription stands. */
export interface SubscriptionPosition {
  /** The subscriber's own id for it. */
  readonly id: string;
  /** Its channel. */
  readonly channel: string;
  /** The epoch of the channel's log. */
  readonly epoch: string;
  /** Everything up to here was sent, announced as lost, or announced as skipped, before this message. */
  readonly sequence: number;
  /** The newest offset of the channel: the difference is the lag. */
  readonly newest: number;
}

/** The payload of `node.status`: one node, as measured just before. */
export interface SystemStatus {
  /** The node's name. */
  readonly node: string;
  /** `healthy`, `degraded` or `unhealthy`: the worst of the registered services and of the node itself. */
  readonly health: string;
  /** How long the process has run. */
  readonly uptime_seconds: number;
  /** Processors. */
  readonly cpu: CpuStatus;
  /** Memory. */
  readonly memory: MemoryStatus;
  /** The garbage collector. */
  readonly gc: GcStatus;
  /** Threads. */
  readonly threads: ThreadStatus;
  /** The disk that the server runs from. */
  readonly disk?: DiskStatus;
  /** Delivery. */
  readonly delivery: DeliveryStatus;
  /** Graphics processors; absent where there is none. */
  readonly gpu?: readonly GpuStatus[];
  /** Registered services. */
  readonly services: readonly ServiceStatus[];
}

/**
 * A condition on a frame's tags: either a combination (`and`, `or`, `not`) or one comparison. At most 8 levels, 64
 * nodes, 64 values per node and 200 characters per value. No regular expressions.
 */
export interface TagFilter {
  /** All of these hold. */
  readonly and?: readonly TagFilter[];
  /** At least one of these holds. */
  readonly or?: readonly TagFilter[];
  /** This does not hold. */
  readonly not?: TagFilter;
  /** The tag that is compared. */
  readonly tag?: string;
  /** The comparison: `eq neq in nin ex nex sw ew ct gt gte lt lte`. */
  readonly op?: string;
  /** What it is compared with; a number in text form for `gt gte lt lte`. */
  readonly value?: string;
  /** What it is compared with, for `in` and `nin`. */
  readonly values?: readonly string[];
}

/** Threads. */
export interface ThreadStatus {
  /** Threads of the process. */
  readonly process: number;
  /** Threads of the pool. */
  readonly pool: number;
  /** Work items that wait for a pool thread. */
  readonly pool_queue_length: number;
}

/** Removes patterns, or with no list all of them, which returns to receiving everything. */
export interface UnsubscribeEventsRequest {
  /** The patterns to remove. Removing the last by name leaves none: nothing is delivered. */
  readonly events?: readonly string[];
}

/** Ends one subscription. */
export interface UnsubscribeRequest {
  /** The subscriber's own id for it. */
  readonly id?: string;
}

/** The answer to an unsubscribe. */
export interface UnsubscribeResult {
  /** Whether anything was removed. */
  readonly removed: boolean;
  /** The patterns that were really removed, on channels with patterns. */
  readonly events?: readonly string[];
  /** What is wrong with the request. */
  readonly error?: ProtocolError;
}

/** A subscription has ended by the server's decision; nothing of it follows. */
export interface Unsubscribed {
  /** The subscriber's own id for it. */
  readonly id: string;
  /** Its channel. */
  readonly channel: string;
  /** The epoch of the channel's log. */
  readonly epoch: string;
  /** Everything up to here was accounted for. */
  readonly sequence: number;
  /** `completed` when the channel has ended, else the code of `error`. */
  readonly reason: string;
  /** Why it was ended, unless the channel completed. */
  readonly error?: ProtocolError;
}
