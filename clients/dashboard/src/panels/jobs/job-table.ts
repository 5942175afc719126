import type { FrameEnvelope, JobStatus, RealtimeClient, Subscription } from "@realtimehub/client";
import { LiveStore } from "../../ui/live-store.js";

const maxJobs = 1_000;

/** The jobs that the server remembers, newest first, kept current. */
export class JobTable {
  readonly store = new LiveStore(this);
  /** The job that is shown until somebody chooses one: the newest when somebody began to look. */
  first: string | undefined;
  problem: string | undefined;
  #jobs = new Map<string, JobStatus>();
  #subscription: Subscription<JobStatus> | undefined;
  readonly #closing = new AbortController();

  constructor(client: RealtimeClient) {
    void this.#run(client);
  }

  get jobs(): JobStatus[] {
    return [...this.#jobs.values()];
  }

  close(): void {
    this.#closing.abort();
    void this.#subscription?.unsubscribe();
  }

  // Subscribed first and listed then: what changes in between comes as a frame, and nothing is missed.
  async #run(client: RealtimeClient): Promise<void> {
    const early: FrameEnvelope<JobStatus>[] = [];
    let isListed = false;
    try {
      this.#subscription = await client.jobs.subscribeJobs(
        {},
        (frame) => {
          if (isListed) {
            this.#put(frame.payload);
          } else {
            early.push(frame);
          }
        },
        { signal: this.#closing.signal },
      );
      const jobs = await client.jobs.list({ limit: maxJobs });
      this.#jobs = new Map(jobs.map((job) => [job.job_id, job]));
      this.first ??= jobs[0]?.job_id;
      isListed = true;
      early.forEach((frame) => this.#put(frame.payload));
    } catch (error) {
      if (!this.#closing.signal.aborted) {
        this.problem = `Jobs cannot be read: ${error instanceof Error ? error.message : String(error)}`;
      }
    }
    this.store.changed();
  }

  #put(job: JobStatus): void {
    const isNew = !this.#jobs.has(job.job_id);
    if (isNew) {
      this.#jobs = new Map([[job.job_id, job], ...[...this.#jobs].slice(0, maxJobs - 1)]);
    } else {
      this.#jobs.set(job.job_id, job);
    }
    this.first ??= job.job_id;
    this.store.changed();
  }
}
