/** The messages of the wire. Members are spelled as they travel. */

/** A place in one channel's log. Two positions compare only when their epochs are equal; sequence 0 stands before the first frame. */
export interface StreamPosition {
  readonly epoch: string;
  readonly sequence: number;
}

/** An envelope with its position: what every push carries, the same for every subscriber. */
export interface FrameEnvelope<P = unknown> {
  /** The canonical dotted name of what this is (`alert.created`). */
  readonly type: string;
  readonly channel: string;
  readonly epoch: string;
  /** The offset in the channel's log; starts at 1, rises by exactly 1. */
  readonly sequence: number;
  /** When it happened or was measured: ISO 8601, UTC. */
  readonly timestamp: string;
  /** Unique and stable: redelivery and replay repeat it. */
  readonly eventId: string;
  readonly correlation_id?: string;
  readonly encoding: string;
  /** Whether every consumer has to acknowledge it. */
  readonly requires_ack: boolean;
  readonly tags?: Readonly<Record<string, string>>;
  readonly payload: P;
}

export interface Subscribed {
  readonly id: string;
  readonly channel: string;
  readonly epoch: string;
  readonly sequence: number;
  readonly recovered?: boolean;
  readonly reason?: string;
  readonly clamped?: boolean;
  readonly events?: readonly string[];
  readonly policy?: string;
  readonly consumer?: string;
  readonly unacknowledged?: number;
}

export interface Unsubscribed {
  readonly id: string;
  readonly channel: string;
  readonly epoch: string;
  readonly sequence: number;
  readonly reason: string;
  readonly error?: ProtocolError;
}

export interface Gap {
  readonly channel: string;
  readonly epoch: string;
  readonly from: number;
  readonly to: number;
  readonly count: number;
  readonly reason: string;
}

export type Skipped = Gap;

export interface Degraded {
  readonly channel: string;
  readonly reason: string;
  readonly policy: string;
  readonly lag: number;
}

export interface Restored {
  readonly channel: string;
  readonly sequence: number;
}

export interface SubscriptionPosition {
  readonly id: string;
  readonly channel: string;
  readonly epoch: string;
  readonly sequence: number;
  readonly newest: number;
}

export interface Heartbeat {
  readonly timestamp: string;
  readonly interval_seconds: number;
  readonly positions: readonly SubscriptionPosition[];
}

export interface Control {
  readonly code: string;
  readonly reason: string;
  readonly reconnect: boolean;
  readonly retry_after_ms?: number;
}

export interface FieldError {
  readonly field: string;
  readonly message: string;
  readonly value?: string;
  readonly bound?: string;
}

export interface ProtocolError {
  readonly code: string;
  readonly message: string;
  readonly retryable: boolean;
  readonly retry_after_ms?: number;
  readonly details?: { readonly errors?: readonly FieldError[]; readonly limit?: string };
}

export interface ErrorNotice {
  readonly ref?: string;
  readonly error: ProtocolError;
}

/** One item of a streamed channel: `subscribed` first, then frames and notices, and last `error` or `end`. */
export type StreamItem<P = unknown> =
  | { readonly kind: "subscribed"; readonly subscribed: Subscribed }
  | { readonly kind: "frame"; readonly frame: FrameEnvelope<P> }
  | { readonly kind: "gap"; readonly gap: Gap }
  | { readonly kind: "skipped"; readonly skipped: Skipped }
  | { readonly kind: "degraded"; readonly degraded: Degraded }
  | { readonly kind: "error"; readonly error: ProtocolError }
  | { readonly kind: "end"; readonly end: StreamPosition };

export interface TagFilter {
  readonly and?: readonly TagFilter[];
  readonly or?: readonly TagFilter[];
  readonly not?: TagFilter;
  readonly tag?: string;
  readonly op?: "eq" | "neq" | "in" | "nin" | "ex" | "nex" | "sw" | "ew" | "ct" | "gt" | "gte" | "lt" | "lte";
  readonly value?: string;
  readonly values?: readonly string[];
}

/** What every subscription can ask for. At most one of `from`, `last` and `since`; none means live. */
export interface SubscribeRequest {
  readonly id?: string;
  readonly from?: StreamPosition;
  readonly last?: number;
  readonly since?: string;
  readonly policy?: string;
  readonly max_lag_frames?: number;
  readonly max_lag_bytes?: number;
  readonly filter?: TagFilter;
}

export interface SubscribeEventsRequest extends SubscribeRequest {
  readonly events?: readonly string[];
  readonly consumer?: string;
}

export interface SubscribeJobRequest extends SubscribeRequest {
  readonly job_id?: string;
}

export type SubscribeSystemRequest = SubscribeRequest;
export type SubscribeJobsRequest = SubscribeRequest;

export interface SubscribeResult {
  readonly subscription?: Subscribed;
  readonly error?: ProtocolError;
}

export interface UnsubscribeResult {
  readonly removed: boolean;
  readonly events?: readonly string[];
  readonly error?: ProtocolError;
}

export interface AckResult {
  readonly acknowledged: readonly number[];
  readonly unknown: readonly number[];
  readonly floor: number;
  readonly unacknowledged: number;
  readonly error?: ProtocolError;
}

export interface PingResult {
  readonly type: string;
  readonly timestamp: string;
}

export interface PublishEvent {
  readonly type: string;
  readonly payload?: unknown;
  readonly timestamp?: string;
  readonly eventId?: string;
  readonly correlation_id?: string;
  readonly tags?: Readonly<Record<string, string>>;
}

export interface PublishRequest {
  readonly channel: string;
  readonly event: PublishEvent;
  readonly idempotency_key?: string;
}

export interface PublishResult {
  readonly channel?: string;
  readonly epoch?: string;
  readonly sequence?: number;
  readonly eventId?: string;
  readonly duplicate: boolean;
  readonly error?: ProtocolError;
}

export interface PublishBatchResult {
  readonly channel?: string;
  readonly epoch?: string;
  readonly count: number;
  readonly first_sequence?: number;
  readonly last_sequence?: number;
  readonly duplicate: boolean;
  readonly results?: readonly PublishResult[];
  readonly error?: ProtocolError;
}

export interface JobStatus {
  readonly job_id: string;
  readonly job_type?: string;
  readonly state: "pending" | "running" | "completed" | "failed" | "cancelled";
  readonly progress: number;
  readonly started_at?: string;
  readonly ended_at?: string;
  readonly error?: string;
  readonly channel: string;
  readonly owner?: string;
}

export interface ListJobsRequest {
  readonly state?: JobStatus["state"];
  readonly limit?: number;
}

export interface ListJobsResult {
  readonly jobs: readonly JobStatus[];
  readonly error?: ProtocolError;
}

export interface ChannelSummary {
  readonly channel: string;
  readonly epoch: string;
  readonly sequence: number;
  readonly oldest: number;
  readonly frames: number;
  readonly bytes: number;
  readonly subscriptions: number;
  readonly hub?: string;
}

export interface HistoryPage {
  readonly channel: string;
  readonly position: StreamPosition;
  readonly oldest: number;
  readonly frames: readonly FrameEnvelope[];
  readonly next?: number;
}
