import { RefusedError, toFloat32Array, type ClimatePayload, type FrameEnvelope, type SubscribeFieldsRequest } from "@realtimehub/client";
import type { DashboardClient } from "../../session/dashboard-client.js";
import { shown } from "../../connection/open-streams.js";
import { LiveStore } from "../../ui/live-store.js";
import { withWind, type FieldName } from "./variables.js";

/** West, south, east, north of what is shown. */
export const kansas = [-102, 37, -94.6, 40] as const;

/** Now, or the last day of the data once more. */
export type Mode = "live" | "replay";

/** What is asked for. */
export interface Ask {
  readonly field: FieldName;
  readonly mode: Mode;
  readonly isWindShown: boolean;
  /** What happens to a box that meets protected land. */
  readonly onProtected: "conceal" | "deny";
}

/** One frame with its numbers. */
export interface Shown {
  readonly frame: FrameEnvelope<ClimatePayload>;
  readonly values: Float32Array;
  readonly wind: { readonly u: Float32Array; readonly v: Float32Array } | undefined;
}

const maxFrames = 240;
const liveEverySeconds = 10;
const daySeconds = 86_400;
const halfHourPerSecond = 1_800;

/** Reads one field over Kansas, and keeps its newest frames. */
export class ClimateView {
  readonly store = new LiveStore(this);
  readonly ask: Ask;
  /** The frames that came, the oldest first. */
  frames: readonly Shown[] = [];
  problem: string | undefined;
  isOver = false;
  // Undefined while the newest is shown.
  #chosen: FrameEnvelope | undefined;
  readonly #reading = new AbortController();

  constructor(client: DashboardClient, ask: Ask) {
    this.ask = ask;
    void this.#read(client);
  }

  /** Which of the frames is shown. */
  get index(): number {
    const at = this.frames.findIndex((shown) => shown.frame === this.#chosen);
    return at < 0 ? this.frames.length - 1 : at;
  }

  get shown(): Shown | undefined {
    return this.frames[this.index];
  }

  get isNewest(): boolean {
    return this.index === this.frames.length - 1;
  }

  /** Shows one of the frames; the last one follows what comes. */
  choose(index: number): void {
    this.#chosen = index >= this.frames.length - 1 ? undefined : this.frames[index]?.frame;
    this.store.changed();
  }

  close(): void {
    this.#reading.abort();
  }

  async #read(client: DashboardClient): Promise<void> {
    try {
      const { signal } = this.#reading;
      for await (const item of shown("climate", `${this.ask.field}, ${this.ask.mode}`, client.climate.streamFields(requestOf(this.ask), { signal }), signal).items()) {
        if (item.kind === "frame") {
          this.frames = [...this.frames.slice(1 - maxFrames), shownOf(item.frame, this.ask.field)];
          this.problem = undefined;
        } else if (item.kind === "error") {
          throw new RefusedError(item.error);
        }
        this.store.changed();
      }
    } catch (error) {
      this.problem = sentenceOf(error);
    }
    this.isOver = true;
    this.store.changed();
  }
}

function requestOf({ field, mode, isWindShown, onProtected }: Ask): SubscribeFieldsRequest {
  return {
    variables: withWind(field, isWindShown),
    domain: { bbox: kansas },
    on_protected: onProtected,
    ...(mode === "live"
      ? { options: { interval_seconds: liveEverySeconds } }
      : { time_mode: "historical", options: { rewind_seconds: daySeconds, replay_speed: halfHourPerSecond, interval_seconds: 1 } }),
  };
}

function shownOf(frame: FrameEnvelope<ClimatePayload>, field: string): Shown {
  const numbers = (name: string): Float32Array | undefined => frame.blocks?.[name] && toFloat32Array(frame.blocks[name]);
  const [u, v] = [numbers("u10"), numbers("v10")];
  return { frame, values: numbers(field) ?? new Float32Array(), wind: u && v && { u, v } };
}

/** Why something is not shown, with the policy that decided it. */
export function sentenceOf(error: unknown): string {
  const policy = error instanceof RefusedError ? error.error.details?.policy : undefined;
  const message = error instanceof Error ? error.message : String(error);
  return policy === undefined ? message : `${message} Decided by the policy ${policy}.`;
}
