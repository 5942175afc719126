import { RefusedError, toFloat32Array, type ClimateField, type ClimateGridSpec } from "@realtimehub/client";
import type { DashboardClient } from "../../session/dashboard-client.js";
import { shown } from "../../connection/open-streams.js";
import { LiveStore } from "../../ui/live-store.js";
import { kansas, sentenceOf } from "./climate-view.js";

/** A driver as it is now. */
export interface DriverField {
  readonly name: string;
  readonly grid: ClimateGridSpec;
  readonly field: ClimateField;
  readonly values: Float32Array;
}

/** Reads one hazard driver over Kansas while it is laid over the map. */
export class DriverLayer {
  readonly store = new LiveStore(this);
  readonly name: string;
  newest: DriverField | undefined;
  problem: string | undefined;
  readonly #reading = new AbortController();

  constructor(client: DashboardClient, name: string) {
    this.name = name;
    void this.#read(client);
  }

  close(): void {
    this.#reading.abort();
  }

  async #read(client: DashboardClient): Promise<void> {
    const request = { drivers: [this.name], domain: { bbox: kansas } };
    try {
      const { signal } = this.#reading;
      for await (const item of shown("climate", this.name, client.climate.streamDrivers(request, { signal }), signal).items()) {
        if (item.kind === "error") {
          throw new RefusedError(item.error);
        }
        const [block, field] = item.kind === "frame" ? [item.frame.blocks?.[this.name], item.frame.payload.data[this.name]] : [];
        if (item.kind === "frame" && block !== undefined && field !== undefined) {
          this.newest = { name: this.name, grid: item.frame.payload.grid, field, values: toFloat32Array(block) };
          this.store.changed();
        }
      }
    } catch (error) {
      this.problem = `The driver cannot be shown: ${sentenceOf(error)}`;
      this.store.changed();
    }
  }
}
