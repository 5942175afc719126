import type { FrameEnvelope, RealtimeClient, StreamPosition, Subscription } from "@realtimehub/client";
import { LiveStore } from "../../ui/live-store.js";
import { Ring } from "../../ui/ring.js";
import { severityOf, type Severity } from "./severity.js";

/** One line of the timeline: an event, or something that the server said about events. */
export type EventRow =
  | { readonly kind: "event"; readonly frame: FrameEnvelope; readonly severity: Severity; readonly at: number }
  | { readonly kind: "notice"; readonly key: string; readonly at: number; readonly text: string; readonly isLoss: boolean };

/** What is known of one camera. */
export interface CameraView {
  readonly state: string;
  readonly since: string;
  readonly lastSeen: string;
  readonly events: number;
}

/** What is known of one alert. */
export interface AlertView {
  readonly state: string;
  readonly severity: Severity;
  readonly at: string;
}

const capacity = 10_000;
const maxKeyed = 500;
const maxWaiting = 1_000;
const consumer = "dashboard";

/** Keeps the newest events and what follows from them, whether or not somebody looks. */
export class EventLog {
  readonly rows = new Ring<EventRow>(capacity);
  /** Events that this consumer has to acknowledge, by position. */
  readonly waiting = new Map<string, FrameEnvelope>();
  readonly acknowledged = new Set<string>();
  readonly cameras = new Map<string, CameraView>();
  readonly alerts = new Map<string, AlertView>();
  readonly store = new LiveStore(this);
  problem: string | undefined;
  received = 0;
  #subscription: Subscription | undefined;
  readonly #closing = new AbortController();
  readonly #shown = new Set<string>();

  constructor(client: RealtimeClient) {
    void this.#run(client);
  }

  get subscription(): Subscription | undefined {
    return this.#subscription;
  }

  close(): void {
    this.#closing.abort();
    void this.#subscription?.unsubscribe();
  }

  /** Acknowledges an event; it leaves the waiting ones when the server has said so. */
  async acknowledge(frame: FrameEnvelope): Promise<void> {
    try {
      const result = await this.#subscription?.ack(frame);
      if (result?.acknowledged.includes(frame.sequence) === true || result?.unknown.includes(frame.sequence) === true) {
        this.waiting.delete(keyOf(frame));
        this.acknowledged.add(keyOf(frame));
        if (this.acknowledged.size > capacity) {
          this.acknowledged.clear();
        }
      } else {
        this.problem = "The acknowledgement did not arrive; it is repeated when the connection is back.";
      }
    } catch (error) {
      this.problem = `The server refused the acknowledgement: ${error instanceof Error ? error.message : String(error)}`;
    }
    this.store.changed();
  }

  // The position is read before the page of history, so that subscribing from it misses nothing.
  async #run(client: RealtimeClient): Promise<void> {
    let from: StreamPosition | undefined;
    try {
      // A channel that nothing was published to is not there yet.
      if ((await client.channels.list()).some((channel) => channel.channel === "events")) {
        const page = await client.channels.history("events", { order: "desc", limit: 500 });
        from = page.position;
        for (const frame of [...page.frames].reverse()) {
          this.#take(frame, false);
        }
      }
    } catch {
      // Without a history the events begin now.
    }
    try {
      this.#subscription = await client.events.subscribe(
        { patterns: ["*"], consumer, ...(from && { from }) },
        {
          subscribed: (subscribed, subscription) => {
            this.#subscription = subscription;
            if (subscribed.reason !== undefined) {
              this.#notice(`Not everything could be resumed: ${subscribed.reason}. It goes on after ${subscribed.sequence}.`, true);
            }
          },
          frame: (frame) => {
            this.#take(frame, true);
          },
          gap: (gap) => {
            this.#notice(`${gap.count} events are lost (${gap.from} to ${gap.to}): ${gap.reason}`, true);
          },
          degraded: ({ lag, policy }) => {
            this.#notice(`The connection is ${lag} events behind; ${policy} acts.`, false);
          },
          restored: () => {
            this.#notice("The connection has caught up.", false);
          },
          closed: (error) => {
            this.problem = error && `The subscription has ended: ${error.message}. Sign in again.`;
            this.store.changed();
          },
        },
        { signal: this.#closing.signal },
      );
    } catch (error) {
      if (!this.#closing.signal.aborted) {
        this.problem = `Events cannot be subscribed: ${error instanceof Error ? error.message : String(error)}`;
      }
    }
    this.store.changed();
  }

  #take(frame: FrameEnvelope, isLive: boolean): void {
    const key = keyOf(frame);
    if (isLive && frame.requires_ack && !this.acknowledged.has(key) && this.waiting.size < maxWaiting) {
      this.waiting.set(key, frame);
    }
    if (!this.#shown.has(key)) {
      this.received++;
      this.rows.push({ kind: "event", frame, severity: severityOf(frame), at: Date.parse(frame.timestamp) });
      this.#follow(frame);
      this.#remember(key, isLive);
    }
    this.store.changed();
  }

  // Only what the page of history has shown can come again as something else: a redelivery.
  #remember(key: string, isLive: boolean): void {
    if (!isLive) {
      this.#shown.add(key);
    }
  }

  #notice(text: string, isLoss: boolean): void {
    this.rows.push({ kind: "notice", key: `notice ${this.rows.length + this.rows.dropped}`, at: Date.now(), text, isLoss });
    this.store.changed();
  }

  #follow(frame: FrameEnvelope): void {
    const payload = (frame.payload ?? {}) as Readonly<Record<string, unknown>>;
    const camera = payload.camera_id;
    if (typeof camera === "string") {
      const known = this.cameras.get(camera);
      const state = cameraState(frame.type, payload);
      put(this.cameras, camera, {
        state: state ?? known?.state ?? "online",
        since: state === undefined ? (known?.since ?? frame.timestamp) : frame.timestamp,
        lastSeen: frame.timestamp,
        events: (known?.events ?? 0) + 1,
      });
    }
    const id = textOf(payload.id);
    if (frame.type.startsWith("alert.") && id !== undefined) {
      const known = this.alerts.get(id);
      const state = frame.type.slice("alert.".length);
      const severity = severityOf(frame);
      put(this.alerts, id, { state: state === "updated" ? (known?.state ?? state) : state, severity: severity === "none" ? (known?.severity ?? severity) : severity, at: frame.timestamp });
    }
  }
}

/** What tells one frame from all others. */
export function keyOf(frame: FrameEnvelope): string {
  return `${frame.epoch}:${frame.sequence}`;
}

function cameraState(type: string, payload: Readonly<Record<string, unknown>>): string | undefined {
  switch (type) {
    case "camera.online":
    case "camera.offline":
    case "camera.error":
    case "camera.enabled":
    case "camera.disabled":
      return type.slice("camera.".length);
    case "camera.status":
    case "camera.status_changed":
      return typeof payload.status === "string" ? payload.status : undefined;
    default:
      return undefined;
  }
}

function put<T>(map: Map<string, T>, key: string, value: T): void {
  map.delete(key);
  map.set(key, value);
  if (map.size > maxKeyed) {
    const oldest = map.keys().next();
    if (oldest.done !== true) {
      map.delete(oldest.value);
    }
  }
}

function textOf(value: unknown): string | undefined {
  return typeof value === "string" || typeof value === "number" ? String(value) : undefined;
}
