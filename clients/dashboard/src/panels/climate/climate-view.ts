import { RefusedError, toFloat32Array, type ClimatePayload, type FrameEnvelope } from "@realtimehub/client";
import type { DashboardClient } from "../../session/dashboard-client.js";
import { LiveStore } from "../../ui/live-store.js";

/** West, south, east, north of what is shown. */
export const kansas = [-102, 37, -94.6, 40] as const;

/** Reads one variable over Kansas and keeps its newest frame. */
export class ClimateView {
  readonly store = new LiveStore(this);
  readonly variable: string;
  frame: FrameEnvelope<ClimatePayload> | undefined;
  values: Float32Array = new Float32Array();
  problem: string | undefined;
  readonly #reading = new AbortController();

  constructor(client: DashboardClient, variable: string) {
    this.variable = variable;
    void this.#read(client);
  }

  close(): void {
    this.#reading.abort();
  }

  async #read(client: DashboardClient): Promise<void> {
    // Wind components come in pairs.
    const variables = this.variable === "u10" || this.variable === "v10" ? ["u10", "v10"] : [this.variable];
    const request = { variables, domain: { bbox: kansas } };
    try {
      for await (const item of client.climate.streamFields(request, { signal: this.#reading.signal }).items()) {
        if (item.kind === "frame") {
          const block = item.frame.blocks?.[this.variable];
          this.frame = item.frame;
          this.values = block === undefined ? new Float32Array() : toFloat32Array(block);
          this.problem = undefined;
        } else if (item.kind === "error") {
          throw new RefusedError(item.error);
        }
        this.store.changed();
      }
    } catch (error) {
      this.problem = `The field cannot be shown: ${error instanceof Error ? error.message : String(error)}`;
      this.store.changed();
    }
  }
}
