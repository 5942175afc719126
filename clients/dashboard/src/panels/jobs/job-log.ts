import { RefusedError, type FrameEnvelope, type RealtimeClient } from "@realtimehub/client";
import { shown } from "../../connection/open-streams.js";
import { LiveStore } from "../../ui/live-store.js";
import { Ring } from "../../ui/ring.js";

/** One line of a job's log. */
export interface LogLine {
  readonly key: string;
  readonly at: string;
  readonly level: string;
  readonly text: string;
}

const capacity = 100_000;

/** Reads one job's log from its first line while it is open. */
export class JobLog {
  readonly lines = new Ring<LogLine>(capacity);
  readonly store = new LiveStore(this);
  state: "reading" | "ended" | "refused" = "reading";
  problem: string | undefined;
  readonly #reading = new AbortController();

  constructor(client: RealtimeClient, jobId: string) {
    void this.#read(client, jobId);
  }

  close(): void {
    this.#reading.abort();
  }

  async #read(client: RealtimeClient, jobId: string): Promise<void> {
    const { signal } = this.#reading;
    const stream = shown("jobs", `Log of ${jobId}`, client.jobs.streamLogs({ job_id: jobId }, { signal }), signal);
    try {
      for await (const item of stream.items()) {
        if (item.kind === "frame") {
          this.lines.push(lineOf(item.frame));
        } else if (item.kind === "gap") {
          this.#say("warning", `${item.gap.count} lines are lost (${item.gap.from} to ${item.gap.to}): ${item.gap.reason}`);
        } else if (item.kind === "error") {
          throw new RefusedError(item.error);
        } else if (item.kind === "end") {
          this.state = "ended";
        }
        this.store.changed();
      }
    } catch (error) {
      this.state = "refused";
      this.problem = error instanceof Error ? error.message : String(error);
    }
    this.store.changed();
  }

  #say(level: string, text: string): void {
    this.lines.push({ key: `said ${this.lines.length + this.lines.dropped}`, at: new Date().toISOString(), level, text });
  }
}

function lineOf(frame: FrameEnvelope): LogLine {
  const payload = (frame.payload ?? {}) as Readonly<Record<string, unknown>>;
  const key = `${frame.epoch}:${frame.sequence}`;
  if (frame.type === "job.log") {
    return { key, at: frame.timestamp, level: String(payload.level), text: String(payload.message) };
  }
  const detail = [payload.error, payload.message, payload.progress].find((part) => typeof part === "string" || typeof part === "number");
  const level = frame.type === "job.failed" ? "error" : "state";
  return { key, at: frame.timestamp, level, text: detail === undefined ? frame.type : `${frame.type}: ${detail}` };
}
