import { accepted } from "../errors.js";
import type { Settings } from "../options.js";
import { ChannelStream } from "../sequences/channel-stream.js";
import type { FrameSequence, SequenceOptions } from "../sequences/frame-sequence.js";
import type { Subscription } from "../subscriptions/subscription.js";
import type {
  JobStatus, ListJobsRequest, ListJobsResult, PublishBatchResult, PublishEvent, PublishRequest, PublishResult, SubscribeJobRequest, SubscribeJobsRequest,
} from "../wire.js";
import { HubClient, type SubscriptionHandler } from "./hub-client.js";
import { publishStream } from "./upload.js";

/** One job, and where to start: its first line unless told otherwise. */
export type JobRequest = SubscribeJobRequest & { readonly job_id: string };

/** Jobs: their states, their logs, and publishing both, `/hubs/jobs`. */
export class JobsClient extends HubClient {
  /** @internal */
  constructor(settings: Settings) {
    super(settings, { name: "jobs", path: "/hubs/jobs", frameTargets: ["Job"] });
  }

  /** Subscribes to one job's states and log lines; ends with the job. */
  subscribeJob<P = unknown>(request: JobRequest, handler: SubscriptionHandler<P>, options?: SequenceOptions): Promise<Subscription<P>> {
    return this.subscribeBy({ method: "SubscribeJob", request: identified(request) }, handler, options);
  }

  /** Subscribes to the states of all jobs. */
  subscribeJobs(request: SubscribeJobsRequest, handler: SubscriptionHandler<JobStatus>, options?: SequenceOptions): Promise<Subscription<JobStatus>> {
    return this.subscribeBy({ method: "SubscribeJobs", request: { ...request, id: request.id ?? "jobs" } }, handler, options);
  }

  /** Reads one job's states and log lines, each once and in order; ends with the job. */
  streamLogs<P = unknown>(request: JobRequest, options?: SequenceOptions): FrameSequence<P> {
    return new ChannelStream<P>(this.link, "StreamLogs", identified(request), options);
  }

  /** Lists the jobs that the server remembers, newest first. */
  async list(request: ListJobsRequest = {}): Promise<readonly JobStatus[]> {
    return accepted(await this.link.invoke<ListJobsResult>("ListJobs", request)).jobs;
  }

  /** Publishes one state or log line. A refusal is in the result; when the connection breaks repeat it with the same event id. */
  publish(request: PublishRequest): Promise<PublishResult> {
    return this.link.invoke("Publish", request);
  }

  /** Publishes states and log lines as they come, until the source ends or the server refuses one. */
  publishStream(channel: string, events: Iterable<PublishEvent> | AsyncIterable<PublishEvent>): Promise<PublishBatchResult> {
    return publishStream(this.link, channel, events);
  }
}

function identified(request: JobRequest): JobRequest & { id: string } {
  return { ...request, id: request.id ?? `job:${request.job_id}` };
}
