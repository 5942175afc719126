import type { FrameEnvelope, RealtimeClient, Subscription, SystemStatus } from "@realtimehub/client";
import { LiveStore } from "../../ui/live-store.js";
import { Ring } from "../../ui/ring.js";

/** One status and when it was measured. */
export interface Sample {
  readonly at: number;
  readonly status: SystemStatus;
}

const capacity = 720;
const none = new Ring<Sample>(1);

/** The status of the server's nodes over the last hour; one of them is shown. */
export class StatusHistory {
  readonly #nodes = new Map<string, Ring<Sample>>();
  readonly store = new LiveStore(this);
  problem: string | undefined;
  #subscription: Subscription<SystemStatus> | undefined;
  readonly #closing = new AbortController();
  #shown: string | undefined;

  constructor(client: RealtimeClient) {
    void this.#run(client);
  }

  /** The names of the nodes that have told of themselves. */
  get nodes(): readonly string[] {
    return [...this.#nodes.keys()].sort();
  }

  /** The node that is shown: the first that told of itself, until another is chosen. */
  get shown(): string | undefined {
    return this.#shown;
  }

  /** What the shown node has told, the oldest first. */
  get samples(): Ring<Sample> {
    return this.#nodes.get(this.#shown ?? "") ?? none;
  }

  get newest(): Sample | undefined {
    return this.samples.at(this.samples.length - 1);
  }

  show(node: string): void {
    this.#shown = node;
    this.store.changed();
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
    if (frame.type !== "node.status") {
      return;
    }
    const { node } = frame.payload;
    const samples = this.#nodes.get(node) ?? new Ring<Sample>(capacity);
    if (at <= (samples.at(samples.length - 1)?.at ?? 0)) {
      return;
    }
    samples.push({ at, status: frame.payload });
    this.#nodes.set(node, samples);
    this.#shown ??= node;
    this.store.changed();
  }
}
