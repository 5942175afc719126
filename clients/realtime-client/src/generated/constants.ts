// Generated from the C# contract by `rthub contract generate`. Do not edit.

/** The version of the wire that these types describe. */
export const PROTOCOL_VERSION = "1.3";

/** What `stream` may say in climate requests. */
export const ClimateStreams = {
  /** Fields of variables. */
  Fields: "climate.fields",
  /** Hazard drivers. */
  Drivers: "climate.drivers",
  /** Explanations. */
  Xai: "climate.xai.spatial",
  /** Map tiles. */
  Tiles: "climate.tiles",
} as const;

/** One of {@link ClimateStreams}. */
export type ClimateStream = (typeof ClimateStreams)[keyof typeof ClimateStreams];

/** The table of close reasons. */
export const CloseReasons = {
  /** The server stops or restarts. */
  ServerShutdown: "SERVER_SHUTDOWN",
  /** The client did not read and its policy, or the connection's own log, says disconnect. */
  SlowConsumer: "SLOW_CONSUMER",
  /** No subscription and no call for the idle time. */
  Idle: "IDLE",
  /** A message could not be parsed. */
  InvalidFrame: "INVALID_FRAME",
  /** A message was larger than allowed. */
  MessageTooLarge: "MESSAGE_TOO_LARGE",
  /** The server ended the session. */
  SessionClosed: "SESSION_CLOSED",
  /** The credential has expired and was not refreshed in time. */
  CredentialExpired: "CREDENTIAL_EXPIRED",
  /** The connection has lived as long as it may. */
  SessionTooLong: "SESSION_TOO_LONG",
  /** The credential was revoked, or its session signed out. */
  CredentialRevoked: "CREDENTIAL_REVOKED",
} as const;

/** One of {@link CloseReasons}. */
export type CloseReason = (typeof CloseReasons)[keyof typeof CloseReasons];

/** What each of {@link CloseReasons} means for what to do next. */
export const CloseReasonFacts: Readonly<Record<CloseReason, { readonly reconnect: boolean; readonly number: number }>> = {
  SERVER_SHUTDOWN: { reconnect: true, number: 3001 },
  SLOW_CONSUMER: { reconnect: true, number: 3008 },
  IDLE: { reconnect: true, number: 3010 },
  INVALID_FRAME: { reconnect: false, number: 3501 },
  MESSAGE_TOO_LARGE: { reconnect: false, number: 3502 },
  SESSION_CLOSED: { reconnect: false, number: 3500 },
  CREDENTIAL_EXPIRED: { reconnect: true, number: 3005 },
  SESSION_TOO_LONG: { reconnect: true, number: 3011 },
  CREDENTIAL_REVOKED: { reconnect: false, number: 3503 },
};

/** What may lie beyond the edges of a field. */
export const EdgeNames = {
  /** The opposite edge. */
  Periodic: "periodic",
  /** The edge's own value. */
  ZeroFlux: "zero_flux",
  /** The value zero. */
  Fixed: "fixed",
} as const;

/** One of {@link EdgeNames}. */
export type EdgeName = (typeof EdgeNames)[keyof typeof EdgeNames];

/** The table of error codes: all that hubs, streams and the HTTP API answer with. */
export const ErrorCodes = {
  /** A member is missing, has the wrong type, or is out of range; `details.errors` names each. */
  InvalidRequest: "INVALID_REQUEST",
  /** The channel name is badly formed. */
  InvalidChannel: "INVALID_CHANNEL",
  /** The published payload does not fit its type. */
  InvalidPayload: "INVALID_PAYLOAD",
  /** No credential, or one that is not known. */
  Unauthorized: "UNAUTHORIZED",
  /** The credential does not carry the scope. */
  Forbidden: "FORBIDDEN",
  /** The caller may not read or write this channel. */
  ChannelForbidden: "CHANNEL_FORBIDDEN",
  /** Only the server publishes to this channel. */
  ChannelReadOnly: "CHANNEL_READ_ONLY",
  /** There is no such channel on this hub. */
  ChannelNotFound: "CHANNEL_NOT_FOUND",
  /** There is no such job. */
  JobNotFound: "JOB_NOT_FOUND",
  /** The job has ended; nothing can be added to it. */
  JobFinished: "JOB_FINISHED",
  /** There is no such run. */
  RunNotFound: "RUN_NOT_FOUND",
  /** The run has ended. */
  RunFinished: "RUN_FINISHED",
  /** A cap on runs, cells, steps per second, views or changes is met; `details.limit` says which. */
  RunLimit: "RUN_LIMIT",
  /** There is no subscription with this id on the connection. */
  SubscriptionNotFound: "SUBSCRIPTION_NOT_FOUND",
  /** The channel is already subscribed under another id, or the id is used for another channel. */
  SubscriptionConflict: "SUBSCRIPTION_CONFLICT",
  /** The connection holds as many subscriptions as it may. */
  MaxSubscriptionsReached: "MAX_SUBSCRIPTIONS_REACHED",
  /** The user has as many consumers as it may. */
  MaxConsumersReached: "MAX_CONSUMERS_REACHED",
  /** The node holds as many channels as it may. */
  ChannelLimit: "CHANNEL_LIMIT",
  /** The idempotency key was used for another request. */
  IdempotencyConflict: "IDEMPOTENCY_CONFLICT",
  /** The message is larger than allowed. */
  MessageTooLarge: "MESSAGE_TOO_LARGE",
  /** Too many requests; `retry_after_ms` says when to come again. */
  RateLimit: "RATE_LIMIT",
  /** The channel store or another service behind the hub is away. */
  Unavailable: "UNAVAILABLE",
  /** The server failed; the cause is in its log. */
  InternalError: "INTERNAL_ERROR",
  /** A policy refuses: nothing is left to show here; `details.policy` names it. */
  CarePolicyViolation: "CARE_POLICY_VIOLATION",
  /**
   * A policy allows less of this here; the same request gets the same answer, `details.limit` says what would be
   * granted.
   */
  CareThrottled: "CARE_THROTTLED",
  /** The explanation method does not fit the model; the message says which do. */
  MethodNotApplicable: "METHOD_NOT_APPLICABLE",
  /** There is nothing under this name that the caller may see. */
  NotFound: "NOT_FOUND",
  /** The request carries no credential. */
  AuthRequired: "AUTH_REQUIRED",
  /** The API key is not known. */
  InvalidApiKey: "INVALID_API_KEY",
  /** The bearer token is not valid here. */
  InvalidToken: "INVALID_TOKEN",
  /** The credential has expired; on a live connection it can still be refreshed. */
  CredentialExpired: "CREDENTIAL_EXPIRED",
  /** The credential was revoked. */
  CredentialRevoked: "CREDENTIAL_REVOKED",
  /** The signature is wrong, or its time is not within the window. */
  InvalidSignature: "INVALID_SIGNATURE",
  /** The signature was used before. */
  SignatureReplayed: "SIGNATURE_REPLAYED",
  /** There is no such session. */
  InvalidSession: "INVALID_SESSION",
  /** The session has expired. */
  SessionExpired: "SESSION_EXPIRED",
  /** The ticket is spent, expired, or bound to another hub or origin. */
  InvalidTicket: "INVALID_TICKET",
  /** A ticket opens a WebSocket only. */
  TicketNeedsWebSocket: "TICKET_NEEDS_WEBSOCKET",
  /** The web page's origin may not use this server. */
  OriginForbidden: "ORIGIN_FORBIDDEN",
  /** A refresh must keep the user. */
  PrincipalMismatch: "PRINCIPAL_MISMATCH",
  /** Credentials cannot be checked right now. */
  AuthServiceUnavailable: "AUTH_SERVICE_UNAVAILABLE",
  /** Who may use the channel cannot be found out right now. */
  ChannelUnavailable: "CHANNEL_UNAVAILABLE",
  /** The principal or the server has as many connections as it may. */
  ConnectionLimit: "CONNECTION_LIMIT",
  /** The connection has as many streams open as it may. */
  MaxStreamsReached: "MAX_STREAMS_REACHED",
  /** There is no such resource. */
  ResourceNotFound: "RESOURCE_NOT_FOUND",
  /** The server is about to stop and takes nothing new. */
  ServerDraining: "SERVER_DRAINING",
} as const;

/** One of {@link ErrorCodes}. */
export type ErrorCode = (typeof ErrorCodes)[keyof typeof ErrorCodes];

/** What each of {@link ErrorCodes} means for what to do next. */
export const ErrorCodeFacts: Readonly<Record<ErrorCode, { readonly retryable: boolean; readonly http_status: number }>> = {
  INVALID_REQUEST: { retryable: false, http_status: 400 },
  INVALID_CHANNEL: { retryable: false, http_status: 400 },
  INVALID_PAYLOAD: { retryable: false, http_status: 400 },
  UNAUTHORIZED: { retryable: false, http_status: 401 },
  FORBIDDEN: { retryable: false, http_status: 403 },
  CHANNEL_FORBIDDEN: { retryable: false, http_status: 403 },
  CHANNEL_READ_ONLY: { retryable: false, http_status: 403 },
  CHANNEL_NOT_FOUND: { retryable: false, http_status: 404 },
  JOB_NOT_FOUND: { retryable: true, http_status: 404 },
  JOB_FINISHED: { retryable: false, http_status: 409 },
  RUN_NOT_FOUND: { retryable: true, http_status: 404 },
  RUN_FINISHED: { retryable: false, http_status: 409 },
  RUN_LIMIT: { retryable: true, http_status: 429 },
  SUBSCRIPTION_NOT_FOUND: { retryable: false, http_status: 404 },
  SUBSCRIPTION_CONFLICT: { retryable: false, http_status: 409 },
  MAX_SUBSCRIPTIONS_REACHED: { retryable: false, http_status: 409 },
  MAX_CONSUMERS_REACHED: { retryable: false, http_status: 409 },
  CHANNEL_LIMIT: { retryable: true, http_status: 503 },
  IDEMPOTENCY_CONFLICT: { retryable: false, http_status: 422 },
  MESSAGE_TOO_LARGE: { retryable: false, http_status: 413 },
  RATE_LIMIT: { retryable: true, http_status: 429 },
  UNAVAILABLE: { retryable: true, http_status: 503 },
  INTERNAL_ERROR: { retryable: true, http_status: 500 },
  CARE_POLICY_VIOLATION: { retryable: false, http_status: 403 },
  CARE_THROTTLED: { retryable: false, http_status: 429 },
  METHOD_NOT_APPLICABLE: { retryable: false, http_status: 400 },
  NOT_FOUND: { retryable: false, http_status: 404 },
  AUTH_REQUIRED: { retryable: false, http_status: 401 },
  INVALID_API_KEY: { retryable: false, http_status: 401 },
  INVALID_TOKEN: { retryable: false, http_status: 401 },
  CREDENTIAL_EXPIRED: { retryable: false, http_status: 401 },
  CREDENTIAL_REVOKED: { retryable: false, http_status: 401 },
  INVALID_SIGNATURE: { retryable: false, http_status: 401 },
  SIGNATURE_REPLAYED: { retryable: false, http_status: 401 },
  INVALID_SESSION: { retryable: false, http_status: 401 },
  SESSION_EXPIRED: { retryable: false, http_status: 401 },
  INVALID_TICKET: { retryable: false, http_status: 401 },
  TICKET_NEEDS_WEBSOCKET: { retryable: false, http_status: 401 },
  ORIGIN_FORBIDDEN: { retryable: false, http_status: 403 },
  PRINCIPAL_MISMATCH: { retryable: false, http_status: 403 },
  AUTH_SERVICE_UNAVAILABLE: { retryable: true, http_status: 503 },
  CHANNEL_UNAVAILABLE: { retryable: true, http_status: 503 },
  CONNECTION_LIMIT: { retryable: true, http_status: 429 },
  MAX_STREAMS_REACHED: { retryable: true, http_status: 429 },
  RESOURCE_NOT_FOUND: { retryable: false, http_status: 404 },
  SERVER_DRAINING: { retryable: true, http_status: 503 },
};

/** How a full field is sent. */
export const FieldEncodings = {
  /** As it is computed; up to 512 cells per side. */
  Real32: "float32",
  /** Quantised to 16 bits: what the checksum is made of. */
  Whole16: "uint16",
  /** Quantised to 8 bits. */
  Whole8: "uint8",
} as const;

/** One of {@link FieldEncodings}. */
export type FieldEncoding = (typeof FieldEncodings)[keyof typeof FieldEncodings];

/** What a recipe makes. */
export const FrameKinds = {
  /** Fields of variables. */
  Fields: "fields",
  /** Fields of hazard drivers. */
  Drivers: "drivers",
  /** An explanation. */
  Xai: "xai",
  /** A map tile. */
  Tile: "tile",
} as const;

/** One of {@link FrameKinds}. */
export type FrameKind = (typeof FrameKinds)[keyof typeof FrameKinds];

/** Why frames were lost to a subscription. */
export const GapReasons = {
  /** The log no longer kept them. */
  Expired: "expired",
  /** The subscription lagged and drops the oldest. */
  DropOldest: "drop_oldest",
  /** The subscription lagged and drops the newest. */
  DropNewest: "drop_newest",
} as const;

/** One of {@link GapReasons}. */
export type GapReason = (typeof GapReasons)[keyof typeof GapReasons];

/** The states of a job. */
export const JobStates = {
  /** Known, not started. */
  Pending: "pending",
  /** At work. */
  Running: "running",
  /** Ended well. */
  Completed: "completed",
  /** Ended badly. */
  Failed: "failed",
  /** Ended on request. */
  Cancelled: "cancelled",
} as const;

/** One of {@link JobStates}. */
export type JobState = (typeof JobStates)[keyof typeof JobStates];

/** How the numbers of a {@link FloatBlock} are stored, always little-endian. */
export const NumericTypes = {
  /** IEEE 754 single precision; a missing value is NaN. */
  Real32: "float32",
  /** Unsigned whole numbers of 16 bits, to be scaled. */
  Whole16: "uint16",
  /** Unsigned whole numbers of 8 bits, to be scaled. */
  Whole8: "uint8",
} as const;

/** One of {@link NumericTypes}. */
export type NumericType = (typeof NumericTypes)[keyof typeof NumericTypes];

/** Why a position could not be resumed from. */
export const RecoveryReasons = {
  /** The log's history was lost since; the subscription goes on live in the new epoch. */
  EpochChanged: "epoch_changed",
  /** The position lies beyond the newest frame: the server lost data. The subscription goes on live. */
  Future: "future",
  /** Frames after the position are no longer kept; one gap names them, then the oldest kept frame follows. */
  Expired: "expired",
  /** A new policy version makes the history unfit to show; the subscription goes on live. */
  PolicyChanged: "policy_changed",
  /** The server had closed the connection because it did not read; recovery itself may still be complete. */
  SlowConsumer: "slow_consumer",
} as const;

/** One of {@link RecoveryReasons}. */
export type RecoveryReason = (typeof RecoveryReasons)[keyof typeof RecoveryReasons];

/** The states of a run. */
export const RunStates = {
  /** At work. */
  Running: "running",
  /** Stands still, until it is resumed, stepped or stopped. */
  Paused: "paused",
  /** All steps were computed. */
  Completed: "completed",
  /** Ended before its last step: on request, or because nobody watched. */
  Stopped: "stopped",
  /** Ended because it could not go on. */
  Failed: "failed",
} as const;

/** One of {@link RunStates}. */
export type RunState = (typeof RunStates)[keyof typeof RunStates];

/** Why frames were withheld. */
export const SkipReasons = {
  /** They do not match the subscription's filter. */
  Filtered: "filtered",
  /** A newer frame with the same key was at hand. */
  Conflated: "conflated",
  /** The subscription lagged and keeps every nth frame. */
  Sampled: "sampled",
  /** The subscription asked for a lower rate. */
  Rate: "rate",
} as const;

/** One of {@link SkipReasons}. */
export type SkipReason = (typeof SkipReasons)[keyof typeof SkipReasons];

/** The wire names of what happens to a subscription that lags beyond its limit. */
export const SlowConsumerPolicies = {
  /** The oldest frames beyond the limit are lost, announced by a gap. */
  DropOldest: "drop_oldest",
  /** What was waiting when the limit was met is delivered; what came after it is lost, announced by a gap. */
  DropNewest: "drop_newest",
  /** Every nth waiting frame is delivered, the others skipped. */
  Compress: "compress",
  /** Of the waiting frames with one key only the newest is delivered, the others skipped. */
  Conflate: "conflate",
  /** The connection is closed. */
  Disconnect: "disconnect",
  /**
   * Like `Compress`; at twice the limit the subscription goes over to the channel's coarser sibling, where there is
   * one.
   */
  Coarsen: "coarsen",
  /** Nothing is dropped while the log keeps it. */
  Lossless: "lossless",
} as const;

/** One of {@link SlowConsumerPolicies}. */
export type SlowConsumerPolicy = (typeof SlowConsumerPolicies)[keyof typeof SlowConsumerPolicies];

/** The kinds of {@link StreamItem}. */
export const StreamItemKinds = {
  /** The first item of an accepted stream. */
  Subscribed: "subscribed",
  /** A frame. */
  Frame: "frame",
  /** Lost frames. */
  Gap: "gap",
  /** Frames withheld on purpose. */
  Skipped: "skipped",
  /** The reader lags beyond its limit. */
  Degraded: "degraded",
  /** A degraded reader has caught up. */
  Restored: "restored",
  /** Last: refused or broken off. */
  Error: "error",
  /** Last: the channel has ended. */
  End: "end",
} as const;

/** One of {@link StreamItemKinds}. */
export type StreamItemKind = (typeof StreamItemKinds)[keyof typeof StreamItemKinds];

/** What `time_mode` may say in climate requests. */
export const TimeModes = {
  /** As the data clock goes on. */
  Realtime: "realtime",
  /** From a time on, at a pace. */
  Historical: "historical",
  /** Ahead of the data clock. */
  Forecast: "forecast",
} as const;

/** One of {@link TimeModes}. */
export type TimeMode = (typeof TimeModes)[keyof typeof TimeModes];

/** Where the values of a variable come from. Nothing modelled is presented as the source's own. */
export const ValueOrigins = {
  /** The source's own values at this time. */
  Source: "source",
  /** Predicted by the model from the analysis time, or computed from what was. */
  Model: "model",
  /** The source's values of the analysis time, not of this time: nothing predicts this variable. */
  Held: "held",
} as const;

/** One of {@link ValueOrigins}. */
export type ValueOrigin = (typeof ValueOrigins)[keyof typeof ValueOrigins];

/** What an explanation is of. */
export const XaiLevels = {
  /** One point. */
  Local: "local",
  /** Every cell of a box or tile. */
  Spatial: "spatial",
  /** A box in words, with numbers and sources. */
  Narrative: "narrative",
} as const;

/** One of {@link XaiLevels}. */
export type XaiLevel = (typeof XaiLevels)[keyof typeof XaiLevels];
