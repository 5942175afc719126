// Generated from the C# contract by `rthub contract generate`. Do not edit.
import type { ClimateStream, CloseReason, EdgeName, ErrorCode, FieldEncoding, FrameKind, GapReason, JobState, NumericType, RecoveryReason, RunState, SkipReason, SlowConsumerPolicy, TimeMode, ValueOrigin, XaiLevel } from "./constants.js";

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

/** The payload of `agent_status_changed`. Every member is optional; others are passed on. */
export interface AgentStatusChanged {
  /** The agent. */
  readonly agentId?: string;
  /** What it does now. */
  readonly status?: string;
  /** What it did before. */
  readonly previousStatus?: string;
  /** A sentence for people. */
  readonly message?: string;
}

/** What checking audit files has shown. */
export interface AuditVerdict {
  /** Whether every record is as it was written, and none is missing between them. */
  readonly intact: boolean;
  /** How many records fit. */
  readonly records: number;
  /** The number of the first record; above 1, earlier files are gone. */
  readonly first?: number;
  /** The number of the last record that fits. */
  readonly last: number;
  /** Its hash; note it elsewhere, and a cut-off end shows. */
  readonly last_hash: string;
  /** The file with the first problem. */
  readonly file?: string;
  /** Its line. */
  readonly line?: number;
  /** What is wrong. */
  readonly problem?: string;
}

/** The payload of `blocker_raised`. Every member is optional; others are passed on. */
export interface BlockerRaised {
  /** The blocker. */
  readonly blockerId?: string;
  /** The spec it blocks. */
  readonly specId?: string;
  /** The agent it blocks. */
  readonly agentId?: string;
  /** How bad it is: `low`, `medium`, `high` or `critical`. */
  readonly severity?: string;
  /** What is in the way. */
  readonly message?: string;
}

/**
 * What the policy did to the content of a frame, for whoever uses it. Immutable. The members are never null; masking
 * and scope are never empty.
 */
export interface Care {
  /** How values were masked. */
  readonly masking: string;
  /** For whom the content is. */
  readonly scope: string;
  /** Sentences; the rule that decided comes first. Empty when no rule applied. */
  readonly notes: readonly string[];
}

/**
 * What is shown of a box of a source, today and to the caller: where values are means of cells, and where there are
 * none. Immutable. It tells nothing that frames of the same box do not tell.
 */
export interface CareMap {
  /** The id of the source. */
  readonly source: string;
  /** The policy decision. */
  readonly decision: string;
  /** What frames of this box say of themselves. */
  readonly care: Care;
  /** The H3 cells whose means are shown. */
  readonly cells: readonly CareMapCell[];
  /** The points of which nothing is shown. */
  readonly concealed: readonly ConcealedPoint[];
}

/** An H3 cell of which only the mean is shown. */
export interface CareMapCell {
  /** The cell's index. */
  readonly cell: string;
  /** Its resolution. */
  readonly resolution: number;
  /** The rule, as a sentence. */
  readonly reason: string;
  /** Its corners in order, each longitude and latitude. */
  readonly boundary: readonly (readonly number[])[];
  /** How many points of the source the mean is made of. */
  readonly points: number;
}

/** Asks what the policy shows of a box, for whoever draws it. */
export interface CareMapRequest {
  /** Where; a box. */
  readonly domain?: ClimateDomain;
  /** The id of the source. Default: the server's. */
  readonly source?: string;
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

/** The digest by which content can be verified. Immutable. */
export interface Checksums {
  /** The sha2-256 multihash of the canonical content. */
  readonly multihash: string;
}

/** Where: a box, a point or a tile. */
export interface ClimateDomain {
  /** The coordinate reference system; `EPSG:4326`, degrees, longitude first. */
  readonly crs?: string;
  /** West, south, east, north. */
  readonly bbox?: readonly number[];
  /** Longitude and latitude, for explanations of one place. */
  readonly point?: readonly number[];
  /** A tile `z/x/y`, for explanations; y counts from the north. */
  readonly tile?: string;
  /** What levels are counted in: `pressure_level` or `height_agl`; for drivers also `pressure` and `model_level`. */
  readonly vertical?: string;
  /** The levels: hPa with `pressure_level`, metres above ground with `height_agl`. */
  readonly levels?: readonly number[];
}

/** What the block of the same name holds. */
export interface ClimateField {
  /** The unit, as CF spells it. */
  readonly units: string;
  /** Where the values come from, from {@link ValueOrigins}. */
  readonly origin: ValueOrigin;
  /** The source's own time that they come from. */
  readonly analysis_time: string;
  /** How long after that they are valid; 0 for the source's own. */
  readonly lead_seconds: number;
  /** What the values are multiples of. */
  readonly quantum: number;
  /** The smallest value; absent where all are missing. */
  readonly min?: number;
  /** The greatest value. */
  readonly max?: number;
  /** The mean of the values that are there. */
  readonly mean?: number;
  /** How many values are missing or concealed. */
  readonly missing: number;
  /** The levels of the first dimension, where it has levels. */
  readonly levels?: readonly number[];
  /** The unit of the levels. */
  readonly level_units?: string;
  /** What it is, for drivers: the definition that was implemented. */
  readonly definition?: string;
}

/**
 * Where the values of a regular grid are: rows from the south, columns from the west. A curvilinear grid has no steps:
 * the blocks `latitude` and `longitude` have its places.
 */
export interface ClimateGridSpec {
  /** How many rows. */
  readonly rows: number;
  /** How many columns. */
  readonly columns: number;
  /** The first row's degrees north. */
  readonly latitude?: number;
  /** The first column's degrees east. */
  readonly longitude?: number;
  /** Degrees from row to row. */
  readonly latitude_step?: number;
  /** Degrees from column to column. */
  readonly longitude_step?: number;
}

/** How. */
export interface ClimateOptions {
  /** Wall time between frames; frame times lie on the grid of the data clock, so it may be lengthened to whole steps. */
  readonly interval_seconds?: number;
  /** The seed of the ensemble's noise. Default 0. */
  readonly seed?: number;
  /** The member of the ensemble, 0 to 50. Default 0: without noise. */
  readonly member?: number;
  /** Values are means of this many cells by as many, 1 to 16. Default 1. */
  readonly stride?: number;
  /** With `forecast`: how far ahead, 1 to 10,800 s. Default 10,800. */
  readonly lead_seconds?: number;
  /** With `historical`: the first time. */
  readonly start?: string;
  /** With `historical`: the last time. Default: the last that the source has. */
  readonly end?: string;
  /** With `historical`, in place of `start`: so much data time before now. */
  readonly rewind_seconds?: number;
  /** With `historical`: data time per wall time, 0.1 to 100,000. Default: the pace of the data clock. */
  readonly replay_speed?: number;
  /**
   * With drivers: a storm motion, eastward and northward in m/s, for helicity. Default: the Bunkers right mover of each
   * column.
   */
  readonly storm_motion?: readonly number[];
  /** With explanations: how many background rows, 1 to 64. Default 64. */
  readonly background_rows?: number;
  /** With explanations: means of H3 cells of this resolution, 0 to 7, in place of cells of the grid. */
  readonly h3_resolution?: number;
  /** With narratives: over how many times of the source, 1 to 8. Default 1. */
  readonly frames?: number;
  /** The zoom at which a viewer shows it, 0 to 22; the policy has ceilings. */
  readonly zoom?: number;
}

/** The payload of a frame of fields, drivers or a tile. The numbers are in the frame's blocks, under the same names. */
export interface ClimatePayload {
  /** When the values are valid; in a replay, the original date. */
  readonly time: string;
  /** Of when, from {@link TimeModes}. */
  readonly time_mode: TimeMode;
  /** The variables or drivers. */
  readonly variables: readonly string[];
  /** What each block holds. */
  readonly data: Readonly<Record<string, ClimateField>>;
  /** Where the values are. */
  readonly grid: ClimateGridSpec;
  /** The model that predicted; absent where nothing was. */
  readonly model_version?: string;
  /** The title of the source. */
  readonly source_title: string;
  /** What makes these numbers again. */
  readonly recipe: FrameRecipe;
}

/** A point of the source's grid of which nothing is shown. */
export interface ConcealedPoint {
  /** Degrees east. */
  readonly longitude: number;
  /** Degrees north. */
  readonly latitude: number;
  /** The rule, as a sentence. */
  readonly reason: string;
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

/** How long the connection's credential lasts; told once the connection is open, if it ends at all. */
export interface CredentialTerm {
  /** When it ends, UTC. */
  readonly expires_at: string;
  /** In how many milliseconds to refresh it: half of its time, or five minutes before its end if that is later. */
  readonly refresh_after_ms: number;
}

/**
 * A subscription is over its lag limit: from here its slow-consumer policy acts. With `to` the subscription goes over
 * to a coarser channel; a {@link Subscribed} on that one follows.
 */
export interface Degraded {
  /** The channel. */
  readonly channel: string;
  /** What is the matter; `slow_consumer`. */
  readonly reason: string;
  /** The slow-consumer policy that acts, from {@link SlowConsumerPolicies}. */
  readonly policy: SlowConsumerPolicy;
  /** How many frames behind it was. */
  readonly lag: number;
  /** The channel that it leaves. */
  readonly from?: string;
  /** The coarser channel that it goes over to. */
  readonly to?: string;
  /** The last position that was accounted for on the channel that it leaves; what came after it there will not come. */
  readonly position?: StreamPosition;
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
  /** The policy that refused. */
  readonly policy?: string;
  /** What the policy does: `throttle` or `deny`. */
  readonly action?: string;
}

/** Something went wrong that no call can answer. */
export interface ErrorNotice {
  /** The subscription id it is about, if any. */
  readonly ref?: string;
  /** What it is. */
  readonly error: ProtocolError;
}

/** The payload of {@link FeatureUpdate}. */
export interface FeatureUpdate {
  /** The run. */
  readonly run_id: string;
  /** How many steps were computed. */
  readonly step: number;
  /** The features asked for, by name. */
  readonly features: Readonly<Record<string, number>>;
  /** How the run ended, if this frame was made after that for somebody who came late; absent while it is at work. */
  readonly run_state?: string;
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

/** One level of a focus: what a viewer shows at it. */
export interface FocusContext {
  /** Its name: `region`, `time`, `fields`, `drivers` or `policy`. */
  readonly context: string;
  /** A sentence. */
  readonly summary: string;
  /** The layers that belong to it. */
  readonly layers: readonly string[];
}

/** A focus payload, or why there is none. */
export interface FocusModeResult {
  /** The context stack, the widest first: region, time, fields, drivers, policy. */
  readonly contexts?: readonly FocusContext[];
  /** The story that the map tells while it is focused. */
  readonly story?: StoryNode;
  /** Why there is none. */
  readonly error?: ProtocolError;
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
  /** What the policy did to the content; on every frame of a governed family. */
  readonly care?: Care;
  /** Where the content comes from; on every frame of a governed family. */
  readonly prov?: Provenance;
  /** By what the content can be verified; on every frame of a governed family. */
  readonly checksums?: Checksums;
  /** Where the content is catalogued; on every frame of a governed family. */
  readonly stac?: StacReferences;
  /** Large numeric content by name: binary where the protocol can, base64 in JSON. */
  readonly blocks?: Readonly<Record<string, FloatBlock>>;
}

/** What every governed frame says of itself. It cannot be built without one of the four. Immutable. */
export interface FrameGovernance {
  /** What the policy did to the content. */
  readonly care: Care;
  /** Where the content comes from. */
  readonly prov: Provenance;
  /** By what it can be verified. */
  readonly checksums: Checksums;
  /** Where it is catalogued. */
  readonly stac: StacReferences;
}

/**
 * Everything that a climate frame is made from: who has it can have the frame recomputed, to the last bit. Immutable.
 * It says what was granted, not what was asked for.
 */
export interface FrameRecipe {
  /** What it makes, from {@link FrameKinds}. */
  readonly kind: FrameKind;
  /** The id of the source. */
  readonly source: string;
  /** The digest of the source's data. */
  readonly source_digest: string;
  /** When the values are valid. */
  readonly time: string;
  /** The source's own time that they come from. */
  readonly analysis_time: string;
  /** Variables, drivers, or the one explained variable. */
  readonly variables: readonly string[];
  /** The part of the source's grid. */
  readonly window: RecipeWindow;
  /** The model that predicted; absent where nothing was predicted. */
  readonly model_version?: string;
  /** The seed of the ensemble's noise. */
  readonly seed: number;
  /** The member of the ensemble; 0 is without noise. */
  readonly member: number;
  /** The storm motion of helicity, eastward and northward in m/s; absent for the Bunkers right mover. */
  readonly storm_motion?: readonly number[];
  /** How it was explained. */
  readonly method?: string;
  /** What the explanation is of, from {@link XaiLevels}. */
  readonly level?: XaiLevel;
  /** How many background rows the explanation is made against. */
  readonly background_rows?: number;
  /** How many times a narrative speaks of. */
  readonly frames?: number;
  /** The resolution of the H3 cells that values are means of. */
  readonly h3_resolution?: number;
  /** The tile, `z/x/y`. */
  readonly tile?: string;
  /** The policy decision that it was made under. */
  readonly decision: string;
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

/** Where a story or a focus is. */
export interface GeospatialContext {
  /** West, south, east, north of what is shown. */
  readonly bbox: readonly number[];
  /** The coordinate reference system. */
  readonly crs: string;
  /** The grid's cells in it. */
  readonly grid: ClimateGridSpec;
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

/** What an inference service is asked: the surface at one time, and what to predict from it. */
export interface InferRequest {
  /** The version that has to answer; absent for whichever does. */
  readonly model_version?: string;
  /** When the fields are valid. */
  readonly time?: string;
  /** How long after that, 0 to 10,800 s. */
  readonly lead_seconds?: number;
  /** What to predict: of `t2m`, `td2m`, `u10`, `v10`. */
  readonly variables?: readonly string[];
  /** Degrees north of the rows, evenly spaced. */
  readonly latitudes?: readonly number[];
  /** Degrees east of the columns, evenly spaced, ascending. */
  readonly longitudes?: readonly number[];
  /** The fields by name, each of the shape rows, columns: `t2m td2m r2m u10 v10 sp tskin orog`. */
  readonly fields?: Readonly<Record<string, FloatBlock>>;
}

/** What an inference service answers. */
export interface InferResponse {
  /** Who says so. */
  readonly model_version: string;
  /** The predictions by variable, each of the shape rows, columns; NaN where an input was missing. */
  readonly variables: Readonly<Record<string, FloatBlock>>;
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

/** Streams a run that is known by its id. */
export interface JoinRunRequest {
  /** The run. */
  readonly run_id?: string;
  /**
   * Where to start: `live` (default), `history` for the oldest frame kept, or `snapshot` for the newest state, then
   * live.
   */
  readonly start?: string;
  /**
   * The time between two frames, 10 to 10,000 ms; steps in between are skipped. Default 100 for streams of features,
   * else every step.
   */
  readonly update_interval_ms?: number;
  /** Every how many steps there is a frame, 1 to 100; the last step always has one. Default 1. */
  readonly update_interval_steps?: number;
  /** Names of features; none or an empty list for all that every frame has. */
  readonly features?: readonly string[];
  /** Whether frames carry the field. Default false. */
  readonly include_full_state?: boolean;
  /**
   * How the field is sent, from {@link FieldEncodings}. Default `float32`; above 512 cells per side it must be
   * quantised.
   */
  readonly encoding?: FieldEncoding;
  /** Documented, and without effect: frames are not compressed one by one. */
  readonly compression?: boolean;
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

/** What is said that data are. */
export interface KnowledgeClaim {
  /** What sort of knowledge they come from, such as `PUBLIC_AQI_REPORT`, `MODEL_FIELD`, `OBSERVED_SENSOR_READING`. */
  readonly character?: string;
  /** What they are said to be: `observation`, `concentration`, `air_quality_index`, `site_context` … */
  readonly kind?: string;
  /** The quantity, such as `pm25`. */
  readonly parameter?: string;
  /** What they are given for: `public_context`, `life_safety_alert` … */
  readonly intended_use?: string;
  /** How exact their places are: `exact_site`, or anything coarser. */
  readonly spatial_support?: string;
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

/** Asks for the runs that the server knows, newest first. */
export interface ListRunsRequest {
  /** Only this run; its status then has the recipe. */
  readonly run_id?: string;
  /** Only runs in this state, from {@link RunStates}. */
  readonly state?: RunState;
  /** At most this many, 1 to 1,000. Default 100. */
  readonly limit?: number;
}

/** The runs that the server knows. */
export interface ListRunsResult {
  /** The runs, newest first. */
  readonly runs: readonly RunStatus[];
  /** What is wrong with the request. */
  readonly error?: ProtocolError;
}

/** The payload of `log_entry`. Every member is optional; others are passed on. */
export interface LogEntry {
  /** The agent that says it. */
  readonly agentId?: string;
  /** The spec it is about. */
  readonly specId?: string;
  /** One of `debug`, `info`, `warning` and `error`. */
  readonly level?: string;
  /** The line. */
  readonly message?: string;
}

/** Asks where records that have a place (stations, sites, observations) may be shown to everybody. */
export interface MaskPointsRequest {
  /** The records, 1 to 1,000, each id once. */
  readonly points?: readonly PlacedRecord[];
  /** What the records are said to be; what must not be said is refused. Default: nothing is said. */
  readonly claim?: KnowledgeClaim;
}

/** Where records may be shown. */
export interface MaskPointsResult {
  /** The records that are shown, in the order of the request. */
  readonly points: readonly PlacedRecord[];
  /** How many are not shown at all. */
  readonly hidden: number;
  /** What was done to them. */
  readonly care: Care;
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

/** A record and where it is; in an answer, where it is shown. */
export interface PlacedRecord {
  /**
   * Identifies the record among the caller's own, for ever: the same record is always shown at the same place. 1 to 200
   * characters.
   */
  readonly id?: string;
  /** Degrees east. */
  readonly longitude?: number;
  /** Degrees north. */
  readonly latitude?: number;
  /** How sensitive it is: `public`, `community`, `sensitive`, `sacred`. Default: only as much as its place. */
  readonly label?: string;
  /** In answers: `none` where it is shown at its place, `donut` where in a ring around it. */
  readonly masking?: string;
}

/** Who came into a channel and who left it. Above 200 people only the number. */
export interface PresenceDiff {
  /** The channel. */
  readonly channel: string;
  /** How many people are there now. */
  readonly count: number;
  /** Who came; absent when there are too many to list. */
  readonly joins?: readonly PresenceMember[];
  /** Who left, by user id; absent when there are too many to list. */
  readonly leaves?: readonly string[];
}

/** One person in a channel, however many connections they have. */
export interface PresenceMember {
  /** Who. */
  readonly user_id: string;
  /** Since when, UTC. */
  readonly joined_at: string;
  /** One entry per connection. */
  readonly connections: readonly PresenceMeta[];
}

/** What one connection of a person shows of itself. */
export interface PresenceMeta {
  /** Unique per connection and channel. */
  readonly ref: string;
  /** The facts that it gave. */
  readonly metadata?: Readonly<Record<string, string>>;
}

/** Asks who is in a channel. */
export interface PresenceRequest {
  /** The channel. */
  readonly channel?: string;
}

/** Who is in a channel, or why that is not told. */
export interface PresenceResult {
  /** Who is there. */
  readonly presence?: PresenceState;
  /** Why it is not told. */
  readonly error?: ProtocolError;
}

/** Everyone in a channel; above 200 people only their number. */
export interface PresenceState {
  /** The channel. */
  readonly channel: string;
  /** How many people are there. */
  readonly count: number;
  /** The people; absent when there are too many to list. */
  readonly members?: readonly PresenceMember[];
}

/** Who the caller is, as the server sees it. */
export interface PrincipalSummary {
  /** Identifies the user or service. */
  readonly id: string;
  /** Its team, if any. */
  readonly team?: string;
  /** Its roles. */
  readonly roles: readonly string[];
  /** What it may do. */
  readonly scopes: readonly string[];
  /** Which limits apply to it. */
  readonly rate_class: string;
  /** How it was authenticated: `api_key`, `signature`, `jwt`, `session`, `token` or `ticket`. */
  readonly scheme?: string;
  /** When the credential expires, UTC; absent when it does not. */
  readonly expires_at?: string;
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
  /** The limit that was met, in words. */
  readonly limit?: string;
  /** The policy that refused. */
  readonly policy?: string;
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
 * Where the content of a frame comes from, by reference: the record behind the activity has the rest. Immutable. No
 * member is null or empty.
 */
export interface Provenance {
  /** The URN of the activity that made the content. */
  readonly activity: string;
  /** The URNs of what it used. */
  readonly used: readonly string[];
  /** The URN of the service that answers for it. */
  readonly agent: string;
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

/** A rectangle of a source's grid, rows from the south and columns from the west. */
export interface RecipeWindow {
  /** The first row. */
  readonly row: number;
  /** The first column. */
  readonly column: number;
  /** How many rows of the grid. */
  readonly rows: number;
  /** How many columns of the grid. */
  readonly columns: number;
  /** Values are means of this many rows by as many columns, counted from the grid's own corner. */
  readonly stride: number;
}

/** A newer credential for a live connection; exactly one member is given. */
export interface RefreshCredentialRequest {
  /** A bearer token: a JWT, a static token or an API key. */
  readonly access_token?: string;
  /** An API key. */
  readonly api_key?: string;
}

/** The answer to a refresh. */
export interface RefreshCredentialResult {
  /** When the new credential expires, UTC; absent when it does not. */
  readonly expires_at?: string;
  /** In how many milliseconds to refresh it again; absent when it does not expire. */
  readonly refresh_after_ms?: number;
  /** The channels whose subscriptions were ended, because the new credential does not allow them. */
  readonly ended?: readonly string[];
  /** Why the old credential stays in force. */
  readonly error?: ProtocolError;
}

/** Which team a spec or an agent belongs to. */
export interface ResourceOwner {
  /** `spec` or `agent`. */
  readonly kind: string;
  /** Its id. */
  readonly id: string;
  /** The team. */
  readonly team: string;
}

/**
 * A degraded subscription has caught up. With `to` the subscription goes back to a finer channel; a {@link Subscribed}
 * on that one follows.
 */
export interface Restored {
  /** The channel. */
  readonly channel: string;
  /** The offset up to which it has been served. */
  readonly sequence: number;
  /** The channel that it leaves. */
  readonly from?: string;
  /** The finer channel that it goes back to. */
  readonly to?: string;
  /** The last position that was accounted for on the channel that it leaves. */
  readonly position?: StreamPosition;
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

/** The payload of `Steered`, `Paused` and `Resumed`. */
export interface RunChange {
  /** The run. */
  readonly run_id: string;
  /** How many steps were computed before it. */
  readonly step: number;
  /** Who did it. */
  readonly by: string;
  /** What was steered. */
  readonly change?: SteeringRecord;
}

/** Everything that the numbers of a run follow from: whoever computes it again gets the same checksums. */
export interface RunRecipe {
  /** The model. */
  readonly model: string;
  /** Its version; another version gives other numbers. */
  readonly model_version: number;
  /** The seed. */
  readonly seed: number;
  /** Cells per side. */
  readonly grid_size: number;
  /** From {@link EdgeNames}. */
  readonly edges: EdgeName;
  /** How many steps were asked for; absent for a run without end. */
  readonly steps?: number;
  /** Every parameter it started with. */
  readonly parameters: Readonly<Record<string, number>>;
  /** What was changed on the way, in order. */
  readonly events: readonly SteeringRecord[];
}

/** Pauses, resumes or stops a run. */
export interface RunRequest {
  /** The run. */
  readonly run_id?: string;
}

/** The answer to starting, pausing, resuming, stepping, steering or stopping a run: exactly one member is set. */
export interface RunResult {
  /** The run as it stands after the call. */
  readonly run?: RunStatus;
  /** Why nothing was done. */
  readonly error?: ProtocolError;
}

/** What is known of one run. */
export interface RunStatus {
  /** The run. */
  readonly run_id: string;
  /** The channel of its states. */
  readonly channel: string;
  /** The job that it is, in the jobs hub. */
  readonly job_id: string;
  /** From {@link RunStates}. */
  readonly state: RunState;
  /** Its model. */
  readonly model: string;
  /** Who started it. */
  readonly owner?: string;
  /** Whether it belongs to all who ask for the same, so that nobody may steer it. */
  readonly shared: boolean;
  /** Cells per side. */
  readonly grid_size: number;
  /** Its seed. */
  readonly seed: number;
  /** How many steps were computed. */
  readonly step: number;
  /** How many there will be; absent for a run without end. */
  readonly total_steps?: number;
  /** 0 to 100 %; absent for a run without end. */
  readonly progress?: number;
  /** Its pace. */
  readonly steps_per_second: number;
  /** How many streams watch it. */
  readonly viewers: number;
  /** When it started, UTC. */
  readonly started_at: string;
  /** When it ended, UTC. */
  readonly ended_at?: string;
  /** Why it ended, if not because all steps were computed. */
  readonly reason?: string;
  /** What linear analysis says of the model's parameters at the start, where it has such an analysis. */
  readonly turing?: TuringStatement;
  /** Everything that its numbers follow from, when one run was asked for. */
  readonly recipe?: RunRecipe;
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

/** A session has begun; its id is in an HttpOnly cookie only. */
export interface SessionResult {
  /** Who it is. */
  readonly principal: PrincipalSummary;
  /** When it ends, UTC. */
  readonly expires_at: string;
}

/** The payload of `Complete`, the last frame of every channel of a run. */
export interface SimulationComplete {
  /** The run. */
  readonly run_id: string;
  /** How it ended: a final one of {@link RunStates}. */
  readonly state: RunState;
  /** Why, if not because all steps were computed. */
  readonly reason?: string;
  /** How many steps were computed. */
  readonly step: number;
  /** How many there should have been; absent for a run without end. */
  readonly total_steps?: number;
  /** All features after the last step. */
  readonly final_metrics: Readonly<Record<string, number>>;
  /** How many spikes there were. */
  readonly growth_events: number;
  /** The length in cells of the waves that hold most of the activator's power, where the model has one. */
  readonly measured_wavelength?: number;
  /** The SHA-256 multihash of the observed field, quantised to 16 bits. */
  readonly checksum: string;
  /** Everything that the numbers follow from. */
  readonly recipe: RunRecipe;
}

/** The payload of `State`. A full field is the frame's block `FieldBlock`. */
export interface SimulationState {
  /** The run. */
  readonly run_id: string;
  /** How many steps were computed. */
  readonly step: number;
  /** How many there will be; absent for a run without end. */
  readonly total_steps?: number;
  /** 0 to 100 %; absent for a run without end. */
  readonly progress?: number;
  /** The features asked for, by name. */
  readonly metrics: Readonly<Record<string, number>>;
  /** How many spikes there were so far. */
  readonly growth_events: number;
  /** The SHA-256 multihash of the observed field, quantised to 16 bits. */
  readonly checksum: string;
  /** How the run ended, if this frame was made after that for somebody who came late; absent while it is at work. */
  readonly run_state?: string;
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

/** The payload of `spec_updated`. Every member is optional; others are passed on. */
export interface SpecUpdated {
  /** The spec. */
  readonly specId?: string;
  /** Its version after the change. */
  readonly version?: number;
  /** Who changed it. */
  readonly updatedBy?: string;
  /** What has changed, for people. */
  readonly summary?: string;
}

/** A jump of one cell. */
export interface SpikeInjection {
  /** The column, from 0. */
  readonly x: number;
  /** The row, from 0. */
  readonly y: number;
  /** What is added, in the field's unit (volts for a potential), −1 to 1. Default 0.02. */
  readonly amount: number;
}

/** The STAC items that describe the content of a frame. Immutable. */
export interface StacReferences {
  /** The ids of the items. */
  readonly items: readonly string[];
}

/** Starts a run of the caller's own. Without `steps` it goes on until it is stopped or nobody watches. */
export interface StartRunRequest {
  readonly model?: string;
  readonly seed?: number;
  readonly grid_size?: number;
  readonly steps?: number;
  readonly alpha?: number;
  readonly spike_probability?: number;
  readonly turing_enabled?: boolean;
  readonly edges?: string;
  readonly parameters?: Readonly<Record<string, number>>;
  readonly steps_per_second?: number;
  /** Every how many steps the run's own channel has a frame, 1 to 100. Default 1. */
  readonly update_interval_steps?: number;
  /** Whether it waits for `ResumeRun` or `StepRun` before its first step. Default false. */
  readonly start_paused?: boolean;
  /**
   * Whether it is in no list and no job, such as a run that only checks another; whoever knows its id may join it.
   * Default false.
   */
  readonly unlisted?: boolean;
}

/** Changes a run before its next step. The change is kept in the run's recipe. */
export interface SteerRunRequest {
  /** The feed of gray-scott. */
  readonly feed?: number;
  /** The kill of gray-scott. */
  readonly kill?: number;
  /** How fast the potential diffuses. */
  readonly alpha?: number;
  /** The threshold of the activator (`turing_threshold`). */
  readonly threshold?: number;
  /** Any parameter that can be steered, by its name. */
  readonly parameters?: Readonly<Record<string, number>>;
  /** A spike to inject. */
  readonly spike?: SpikeInjection;
  /** The run. */
  readonly run_id?: string;
}

/** One change of a run, in its place in the order. */
export interface SteeringRecord {
  /** How many steps were computed before it. */
  readonly step: number;
  /** Who made it. */
  readonly by?: string;
  /** When, UTC. */
  readonly at?: string;
  /** The new values. */
  readonly parameters?: Readonly<Record<string, number>>;
  /** The spike that was injected. */
  readonly spike?: SpikeInjection;
}

/** Computes some steps of a run and leaves it paused. */
export interface StepRunRequest {
  /** How many steps, 1 to 1,000. Default 1. */
  readonly steps?: number;
  /** The run. */
  readonly run_id?: string;
}

/** What the frames of a box say, for a story: numbers and their sources, no speculation. */
export interface StoryNode {
  /** A title of place and time. */
  readonly title: string;
  /** Sentences with numbers, from a template. */
  readonly narrative: string;
  /** What the sentences are about: the source, the model, the variables. */
  readonly entities: readonly string[];
  /** The layers that a map should show. */
  readonly focus_layers: readonly string[];
  /** When. */
  readonly focus_time: string;
  /** Longitude and latitude of the middle. */
  readonly focus_center: readonly number[];
  /** The box and the grid. */
  readonly geospatial_context: GeospatialContext;
  /** Means of drivers over what is shown of the box, by name. */
  readonly climate_drivers: Readonly<Record<string, ClimateField>>;
  /** What the drivers say by fixed thresholds; no forecast and no warning. */
  readonly hazard_context: readonly string[];
  /** Whether something of the box is concealed or generalised. */
  readonly sovereignty_masked: boolean;
  /** The recipes of the frames that it was made from. */
  readonly recipes: readonly FrameRecipe[];
  /** What the policy did. */
  readonly care: Care;
  /** Where it comes from. */
  readonly prov: Provenance;
  /** By what the numbers can be verified: the checksum of the frames' checksums. */
  readonly checksums: Checksums;
  /** Where it is catalogued. */
  readonly stac: StacReferences;
}

/** A story node, or why there is none. */
export interface StoryNodeResult {
  /** The story node. */
  readonly story?: StoryNode;
  /** Why there is none. */
  readonly error?: ProtocolError;
}

/** Asks for a story node or a focus payload of a box. */
export interface StoryRequest {
  /** Where. */
  readonly domain?: ClimateDomain;
  /** The valid time; default now, by the data clock. */
  readonly time?: string;
  /** The zoom at which it is shown, 0 to 22. */
  readonly zoom?: number;
  /** What happens where the box meets a protected area: `conceal` (default) or `deny`. */
  readonly on_protected?: string;
  /** The id of the source. Default: the server's. */
  readonly source?: string;
}

/** Streams the features of a run. Without steps it goes on while somebody watches. */
export interface StreamFeaturesRequest {
  readonly model?: string;
  readonly seed?: number;
  readonly grid_size?: number;
  readonly steps?: number;
  readonly alpha?: number;
  readonly spike_probability?: number;
  readonly turing_enabled?: boolean;
  readonly edges?: string;
  readonly parameters?: Readonly<Record<string, number>>;
  readonly steps_per_second?: number;
  /**
   * The time between two frames, 10 to 10,000 ms; steps in between are skipped. Default 100 for streams of features,
   * else every step.
   */
  readonly update_interval_ms?: number;
  /** Every how many steps there is a frame, 1 to 100; the last step always has one. Default 1. */
  readonly update_interval_steps?: number;
  /** Names of features; none or an empty list for all that every frame has. */
  readonly features?: readonly string[];
  /** Whether frames carry the field. Default false. */
  readonly include_full_state?: boolean;
  /**
   * How the field is sent, from {@link FieldEncodings}. Default `float32`; above 512 cells per side it must be
   * quantised.
   */
  readonly encoding?: FieldEncoding;
  /** Documented, and without effect: frames are not compressed one by one. */
  readonly compression?: boolean;
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
      readonly kind: "restored";
      /** The reader has caught up again. */
      readonly restored: Restored;
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

/** Streams the state of a run from its first step on. Default 64 steps. */
export interface StreamSimulationRequest {
  readonly model?: string;
  readonly seed?: number;
  readonly grid_size?: number;
  readonly steps?: number;
  readonly alpha?: number;
  readonly spike_probability?: number;
  readonly turing_enabled?: boolean;
  readonly edges?: string;
  readonly parameters?: Readonly<Record<string, number>>;
  readonly steps_per_second?: number;
  /**
   * The time between two frames, 10 to 10,000 ms; steps in between are skipped. Default 100 for streams of features,
   * else every step.
   */
  readonly update_interval_ms?: number;
  /** Every how many steps there is a frame, 1 to 100; the last step always has one. Default 1. */
  readonly update_interval_steps?: number;
  /** Names of features; none or an empty list for all that every frame has. */
  readonly features?: readonly string[];
  /** Whether frames carry the field. Default false. */
  readonly include_full_state?: boolean;
  /**
   * How the field is sent, from {@link FieldEncodings}. Default `float32`; above 512 cells per side it must be
   * quantised.
   */
  readonly encoding?: FieldEncoding;
  /** Documented, and without effect: frames are not compressed one by one. */
  readonly compression?: boolean;
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

/** Asks for hazard drivers. */
export interface SubscribeDriversRequest {
  /** The drivers, such as `cape`. */
  readonly drivers?: readonly string[];
  /** The stream, from {@link ClimateStreams}; may be left out, for the method says it too. */
  readonly stream?: ClimateStream;
  /** Of when, from {@link TimeModes}. Default `realtime`. */
  readonly time_mode?: TimeMode;
  /** Where. */
  readonly domain?: ClimateDomain;
  /** How. */
  readonly options?: ClimateOptions;
  /** What happens where the box meets a protected area: `conceal` (default) or `deny`. */
  readonly on_protected?: string;
  /** The id of the source. Default: the server's. */
  readonly source?: string;
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

/** Asks for fields of variables. */
export interface SubscribeFieldsRequest {
  /** The variables, such as `t2m` or `t850`. */
  readonly variables?: readonly string[];
  /** The stream, from {@link ClimateStreams}; may be left out, for the method says it too. */
  readonly stream?: ClimateStream;
  /** Of when, from {@link TimeModes}. Default `realtime`. */
  readonly time_mode?: TimeMode;
  /** Where. */
  readonly domain?: ClimateDomain;
  /** How. */
  readonly options?: ClimateOptions;
  /** What happens where the box meets a protected area: `conceal` (default) or `deny`. */
  readonly on_protected?: string;
  /** The id of the source. Default: the server's. */
  readonly source?: string;
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

/** Asks for one map tile of a variable or driver as it changes; viewers ask for many with {@link TrackTilesRequest}. */
export interface SubscribeTilesRequest {
  /** The variable or driver. */
  readonly variable?: string;
  /** The tile `z/x/y`; y counts from the north. */
  readonly tile?: string;
  /** The stream, from {@link ClimateStreams}; may be left out, for the method says it too. */
  readonly stream?: ClimateStream;
  /** Of when, from {@link TimeModes}. Default `realtime`. */
  readonly time_mode?: TimeMode;
  /** Where. */
  readonly domain?: ClimateDomain;
  /** How. */
  readonly options?: ClimateOptions;
  /** What happens where the box meets a protected area: `conceal` (default) or `deny`. */
  readonly on_protected?: string;
  /** The id of the source. Default: the server's. */
  readonly source?: string;
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

/** Subscribes to a spec, an agent or a team. */
export interface SubscribeWorkspaceRequest {
  /** The channel: `spec:{id}`, `agent:{id}` or `team:{id}`. Blanks around the name and the id are ignored. */
  readonly channel?: string;
  /** Whether to be seen in the channel and to hear who else is. Default true. */
  readonly presence?: boolean;
  /** What others see of this connection: at most 16 facts, names up to 50 characters, values up to 200. */
  readonly metadata?: Readonly<Record<string, string>>;
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

/** Asks for explanations of a prediction. */
export interface SubscribeXaiRequest {
  /** The predicted variable: `t2m`, `td2m`, `u10` or `v10`. */
  readonly variable?: string;
  /** `shap` or `ig`. */
  readonly method?: string;
  /** What is explained, from {@link XaiLevels}. Default: `local` for a point, else `spatial`. */
  readonly level?: XaiLevel;
  /** One valid time; the channel then ends after its one frame. Default: in step with the data clock. */
  readonly time?: string;
  /** The stream, from {@link ClimateStreams}; may be left out, for the method says it too. */
  readonly stream?: ClimateStream;
  /** Of when, from {@link TimeModes}. Default `realtime`. */
  readonly time_mode?: TimeMode;
  /** Where. */
  readonly domain?: ClimateDomain;
  /** How. */
  readonly options?: ClimateOptions;
  /** What happens where the box meets a protected area: `conceal` (default) or `deny`. */
  readonly on_protected?: string;
  /** The id of the source. Default: the server's. */
  readonly source?: string;
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

/** The payload of `task_completed`. Every member is optional; others are passed on. */
export interface TaskCompleted {
  /** The task. */
  readonly taskId?: string;
  /** The spec it belongs to. */
  readonly specId?: string;
  /** Who did it. */
  readonly agentId?: string;
  /** What came of it, for people. */
  readonly result?: string;
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

/** Asks for a one-use ticket that opens one WebSocket. */
export interface TicketRequest {
  /** The hub's path, such as `/hubs/events`. */
  readonly hub?: string;
  /**
   * The origin of the page that will use it. Default: the request's own `Origin`; without one the ticket is for
   * programs, which send none.
   */
  readonly origin?: string;
}

/** A ticket: pass it as the SignalR access token. */
export interface TicketResult {
  /** The secret; good for one WebSocket. */
  readonly ticket: string;
  /** The hub that it opens. */
  readonly hub: string;
  /** The origin that it is bound to; absent for programs. */
  readonly origin?: string;
  /** Until when it can be used, UTC. */
  readonly expires_at: string;
}

/** Says which tiles a viewport shows: those that it does not name any more are let go. */
export interface TrackTilesRequest {
  /** The variable or driver. */
  readonly variable?: string;
  /** The tiles `z/x/y` in view; an empty list lets all go. */
  readonly tiles?: readonly string[];
  /** Multihashes of tiles that the viewer has, by tile: such a tile comes when it changes. */
  readonly known?: Readonly<Record<string, string>>;
  /** The stream, from {@link ClimateStreams}; may be left out, for the method says it too. */
  readonly stream?: ClimateStream;
  /** Of when, from {@link TimeModes}. Default `realtime`. */
  readonly time_mode?: TimeMode;
  /** Where. */
  readonly domain?: ClimateDomain;
  /** How. */
  readonly options?: ClimateOptions;
  /** What happens where the box meets a protected area: `conceal` (default) or `deny`. */
  readonly on_protected?: string;
  /** The id of the source. Default: the server's. */
  readonly source?: string;
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

/** The answer to a change of viewport. */
export interface TrackTilesResult {
  /** The tiles that are followed now, each as the subscription `{id}/{z}/{x}/{y}`. */
  readonly tracked?: readonly string[];
  /** The tiles that were refused, with the reason. */
  readonly refused?: Readonly<Record<string, ProtocolError>>;
  /** Why nothing was done. */
  readonly error?: ProtocolError;
}

/** Whether Turing patterns can form, and how large they are. */
export interface TuringStatement {
  /** Whether all conditions hold. */
  readonly fulfilled: boolean;
  /** Each condition's left side by its formula; each must be above 0. */
  readonly conditions: Readonly<Record<string, number>>;
  /** How fast the fastest wave grows, per step. */
  readonly growth_per_step: number;
  /** The length of the fastest growing wave, in cells; absent when none grows. */
  readonly predicted_wavelength?: number;
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

/** Asks the server to compute a frame again: by its recipe and checksum, or by its activity. */
export interface VerifyRequest {
  /** The activity of a frame, from `prov`. */
  readonly activity?: string;
  /** The recipe of a frame, from its payload. */
  readonly recipe?: FrameRecipe;
  /** The checksum of the frame, needed with a recipe. */
  readonly multihash?: string;
}

/** Whether a frame came out the same again. */
export interface VerifyResult {
  /** Whether the checksums are equal. */
  readonly matches: boolean;
  /** The checksum that the frame has. */
  readonly expected: string;
  /** The checksum that came out now. */
  readonly computed: string;
  /** What was computed. */
  readonly recipe: FrameRecipe;
}

/** What each feature contributes to a prediction. */
export interface XaiAttribution {
  /** The names of the features. */
  readonly features: readonly string[];
  /** One number per feature: at the point, or the mean over the place. */
  readonly contributions: readonly number[];
  /** Where contributions start from: they sum to `prediction` minus this, up to rounding. */
  readonly base_value: number;
  /** The prediction at the point, or its mean over the place; absent where all of it is concealed. */
  readonly prediction?: number;
  /** The unit of all of these. */
  readonly units: string;
  /** What numbers are multiples of. */
  readonly quantum: number;
}

/** The payload of an explanation. The block `contributions` has them by feature, then by place. */
export interface XaiPayload {
  /** When the explained prediction is valid. */
  readonly time: string;
  /** The explained variable. */
  readonly variable: string;
  /** How it was explained. */
  readonly method: string;
  /** What is explained, from {@link XaiLevels}. */
  readonly level: XaiLevel;
  /** The contributions in short. */
  readonly attribution: XaiAttribution;
  /** The model that is explained. */
  readonly "kfm:model_version": string;
  /** The STAC items that went in. */
  readonly "kfm:input_items": readonly string[];
  /** What the baseline is. */
  readonly background: string;
  /** Where the values are; absent with H3 cells. */
  readonly grid?: ClimateGridSpec;
  /** The H3 cells of the last dimension. */
  readonly cells?: readonly string[];
  /** What happened, in words with numbers and sources; with narratives. */
  readonly narrative?: string;
  /** What makes these numbers again. */
  readonly recipe: FrameRecipe;
}
