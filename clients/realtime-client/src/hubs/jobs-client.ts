import type { IStreamResult } from "@microsoft/signalr";
import type { HubSession } from "../connections/hub-session.js";
import { accepted } from "../errors.js";
import { jobsHub, JobsHubProxy } from "../generated/hubs.js";
import type { Settings } from "../options.js";
import { ChannelStream } from "../sequences/channel-stream.js";
import type { FrameSequence, SequenceOptions } from "../sequences/frame-sequence.js";
import type { Subscription } from "../subscriptions/subscription.js";
import type { SubscriptionPlan } from "../subscriptions/subscription-plan.js";
import type {
  JobStatus, ListJobsRequest, PublishBatchResult, PublishEvent, PublishRequest, PublishResult, StreamItem, SubscribeJobRequest, SubscribeJobsRequest,
} from "../wire.js";
import { HubClient, type SubscriptionHandler } from "./hub-client.js";
import { publishStream } from "./upload.js";

/** One job, and where to start: its first line unless told otherwise. */
export type JobRequest = SubscribeJobRequest & { readonly job_id: string };

/** Jobs: their states, their logs, and publishing both, `/hubs/jobs`. */
export class JobsClient extends HubClient {
  /** @internal */
  constructor(settings: Settings) {
    super(settings, { name: "jobs", ...jobsHub });
  }

  /** Subscribes to one job's states and log lines; ends with the job. */
  subscribeJob<P = unknown>(request: JobRequest, handler: SubscriptionHandler<P>, options?: SequenceOptions): Promise<Subscription<P>> {
    const plan: SubscriptionPlan<SubscribeJobRequest> = {
      request: identified(request),
      subscribe: (session, asked) => new JobsHubProxy(session).subscribeJob(asked),
    };
    return this.subscribeBy(plan, handler, options);
  }

  /** Subscribes to the states of all jobs. */
  subscribeJobs(request: SubscribeJobsRequest, handler: SubscriptionHandler<JobStatus>, options?: SequenceOptions): Promise<Subscription<JobStatus>> {
    const plan: SubscriptionPlan<SubscribeJobsRequest> = {
      request: { ...request, id: request.id ?? "jobs" },
      subscribe: (session, asked) => new JobsHubProxy(session).subscribeJobs(asked),
    };
    return this.subscribeBy(plan, handler, options);
  }

  /** Reads one job's states and log lines, each once and in order; ends with the job. */
  streamLogs<P = unknown>(request: JobRequest, options?: SequenceOptions): FrameSequence<P> {
    const call = (session: HubSession, asked: SubscribeJobRequest): IStreamResult<StreamItem> => new JobsHubProxy(session).streamLogs(asked);
    return new ChannelStream<P>(this.link, call, identified(request), options);
  }

  /** Lists the jobs that the server remembers, newest first. */
  async list(request: ListJobsRequest = {}): Promise<readonly JobStatus[]> {
    return accepted(await new JobsHubProxy(await this.link.connected()).listJobs(request)).jobs;
  }

  /** Publishes one state or log line. A refusal is in the result; when the connection breaks repeat it with the same event id. */
  async publish(request: PublishRequest): Promise<PublishResult> {
    return new JobsHubProxy(await this.link.connected()).publish(request);
  }

  /** Publishes states and log lines as they come, until the source ends or the server refuses one. */
  publishStream(channel: string, events: Iterable<PublishEvent> | AsyncIterable<PublishEvent>): Promise<PublishBatchResult> {
    return publishStream(this.link, (session, items) => new JobsHubProxy(session).publishStream({ channel }, items), events);
  }
}

function identified(request: JobRequest): JobRequest & { id: string } {
  return { ...request, id: request.id ?? `job:${request.job_id}` };
}
