import type { FrameEnvelope, RealtimeClient, Subscription, SystemStatus } from "@realtimehub/client";
import { LiveStore } from "../../ui/live-store.js";
import { Ring } from "../../ui/ring.js";

/** One status and when it was measured. */
export interface Sample {
  readonly at: number;
  readonly status: SystemStatus;
}

const capacity = 720;

/** The status of the server's nodes: the newest of each, and the last hour of the one that is shown. */
export class StatusHistory {
  readonly samples = new Ring<Sample>(capacity);
  readonly nodes = new Map<string, Sample>();
  readonly store = new LiveStore(this);
  problem: string | undefined;
  #subscription: Subscription<SystemStatus> | undefined;
  readonly #closing = new AbortController();
  #newest = 0;

  constructor(client: RealtimeClient) {
    void this.#run(client);
  }

  get newest(): Sample | undefined {
    return this.samples.at(this.samples.length - 1);
  }

  close(): void {
    this.#closing.abort();
    void this.#subscription?.unsubscribe();
  }

  async #run(client: RealtimeClient): Promise<void> {
    try {
      const page = await client.channels.history("system", { order: "desc", limit: capacity });
      [...page.frames].reverse().forEach((frame) => this.#take(frame as FrameEnvelope<SystemStatus>));
    } catch {
      // Without a history it begins now.
    }
    try {
      this.#subscription = await client.system.subscribe<SystemStatus>({}, (frame) => this.#take(frame), { signal: this.#closing.signal });
    } catch (error) {
      if (!this.#closing.signal.aborted) {
        this.problem = `The status cannot be read: ${error instanceof Error ? error.message : String(error)}`;
      }
    }
    this.store.changed();
  }

  #take(frame: FrameEnvelope<SystemStatus>): void {
    const at = Date.parse(frame.timestamp);
    if (frame.type !== "node.status" || at <= this.#newest) {
      return;
    }
    this.#newest = at;
    const sample = { at, status: frame.payload };
    this.nodes.set(frame.payload.node, sample);
    this.samples.push(sample);
    this.store.changed();
  }
}
