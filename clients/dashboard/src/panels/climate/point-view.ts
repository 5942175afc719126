import { RefusedError, toFloat32Array, type XaiPayload } from "@realtimehub/client";
import type { DashboardClient } from "../../session/dashboard-client.js";
import { LiveStore } from "../../ui/live-store.js";
import { sentenceOf } from "./climate-view.js";
import type { Place } from "./projection.js";
import { explained, withWind, type FieldName } from "./variables.js";

/** One value of a series. */
export interface Sample {
  readonly at: number;
  readonly value: number;
}

// Every three hours is what the bundled source has of its own.
const threeHoursPerSecond = 10_800;
const daySeconds = 86_400;
const reach = 0.05;

/** The day of one place, and why its value is what it is. */
export class PointView {
  readonly store = new LiveStore(this);
  readonly place: Place;
  readonly field: FieldName;
  samples: readonly Sample[] = [];
  seriesProblem: string | undefined;
  isSeriesOver = false;
  explanation: XaiPayload | undefined;
  explanationProblem: string | undefined;
  readonly #reading = new AbortController();

  constructor(client: DashboardClient, place: Place, field: FieldName, time: string) {
    this.place = place;
    this.field = field;
    void this.#readSeries(client);
    void this.#explain(client, time);
  }

  close(): void {
    this.#reading.abort();
  }

  async #readSeries(client: DashboardClient): Promise<void> {
    const [longitude, latitude] = this.place;
    const bbox = [longitude - reach, latitude - reach, longitude + reach, latitude + reach];
    const options = { rewind_seconds: daySeconds, replay_speed: threeHoursPerSecond, interval_seconds: 1 };
    const request = { variables: withWind(this.field, false), domain: { bbox }, time_mode: "historical", options } as const;
    try {
      for await (const frame of client.climate.streamFields(request, { signal: this.#reading.signal })) {
        const value = toFloat32Array(frame.blocks?.[this.field] ?? none)[0] ?? NaN;
        if (!Number.isNaN(value)) {
          this.samples = [...this.samples, { at: Date.parse(frame.payload.time) / 1_000, value }];
          this.store.changed();
        }
      }
    } catch (error) {
      this.seriesProblem = sentenceOf(error);
    }
    this.isSeriesOver = true;
    this.store.changed();
  }

  async #explain(client: DashboardClient, time: string): Promise<void> {
    if (!explained.includes(this.field)) {
      this.explanationProblem = "The model does not predict this field, so there is nothing to explain.";
      return;
    }
    const request = { variable: this.field, method: "shap", level: "local", time, domain: { point: this.place } } as const;
    try {
      for await (const item of client.climate.streamXai(request, { signal: this.#reading.signal }).items()) {
        if (item.kind === "error") {
          throw new RefusedError(item.error);
        }
        if (item.kind === "frame") {
          this.explanation = item.frame.payload;
          break;
        }
      }
    } catch (error) {
      this.explanationProblem = sentenceOf(error);
    }
    this.store.changed();
  }
}

const none = { dtype: "float32", data: new Uint8Array(), scale: 1, offset: 0 } as const;
