import type { RealtimeClient } from "@realtimehub/client";
import { LiveStore } from "../ui/live-store.js";
import { Ring } from "../ui/ring.js";

/** Something that happened to a connection. */
export interface ConnectionNote {
  readonly at: number;
  readonly hub: string;
  readonly text: string;
}

/** How messages are encoded. */
export type Encoding = "json" | "messagepack";

const pingEveryMs = 5_000;

/** Keeps what the inspector shows: latency of each open connection, and what happened to them. */
export class ConnectionWatch {
  readonly notes = new Ring<ConnectionNote>(200);
  readonly latencyMs = new Map<string, number>();
  /** The encoding that was chosen for all connections. */
  encoding: Encoding = "json";
  readonly store = new LiveStore(this);
  readonly #client: RealtimeClient;
  readonly #offs: (() => void)[];

  constructor(client: RealtimeClient) {
    this.#client = client;
    this.#offs = [
      client.on("state", ({ hub, value }) => {
        if (value.kind !== "connected") {
          this.latencyMs.delete(hub);
        }
        this.#note(hub, value.kind === "reconnecting" ? `reconnecting in ${Math.round(value.delayMs)} ms, attempt ${value.attempt}` : value.kind);
        if (value.kind === "connected") {
          this.#ping(hub);
        }
      }),
      client.on("error", ({ hub, value }) => {
        this.#note(hub, value.message);
      }),
      client.on("heartbeat", () => {
        this.store.changed();
      }),
    ];
    const timer = setInterval(() => {
      for (const hub of client.hubs) {
        this.#ping(hub.name);
      }
    }, pingEveryMs);
    this.#offs.push(() => {
      clearInterval(timer);
    });
  }

  close(): void {
    for (const off of this.#offs) {
      off();
    }
  }

  #note(hub: string, text: string): void {
    this.notes.push({ at: Date.now(), hub, text });
    this.store.changed();
  }

  #ping(name: string): void {
    const hub = this.#client.hubs.find((h) => h.name === name);
    if (hub?.state.kind !== "connected" || document.visibilityState === "hidden") {
      return;
    }
    hub.ping().then(
      (ms) => {
        this.latencyMs.set(name, ms);
        this.store.changed();
      },
      () => undefined,
    );
  }
}
