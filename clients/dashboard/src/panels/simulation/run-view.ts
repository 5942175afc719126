import { RefusedError, toFloat32Array, type FrameEnvelope, type JoinRunRequest, type RunChange, type SimulationComplete, type SimulationState } from "@realtimehub/client";
import type { DashboardClient } from "../../session/dashboard-client.js";
import { shown } from "../../connection/open-streams.js";
import { LiveStore } from "../../ui/live-store.js";
import { Ring } from "../../ui/ring.js";

/** What a state says besides its field. */
export interface RunSample {
  readonly step: number;
  readonly metrics: Readonly<Record<string, number>>;
}

/** The observed field as it is now. */
export interface Field {
  readonly rows: number;
  readonly columns: number;
  readonly units: string;
  readonly values: Float32Array;
}

const maxSamples = 2_000;

/** Watches one run from its newest state on. */
export class RunView {
  readonly store = new LiveStore(this);
  readonly samples = new Ring<RunSample>(maxSamples);
  readonly changes = new Ring<string>(50);
  field: Field | undefined;
  newest: SimulationState | undefined;
  /** The newest features: of the newest state, or of the end, which a run that was over before it was watched has alone. */
  metrics: RunSample["metrics"] = {};
  complete: SimulationComplete | undefined;
  state = "joining";
  /** Whether no more is to come. */
  isOver = false;
  problem: string | undefined;
  /** How many fields came. */
  fields = 0;
  readonly #reading = new AbortController();

  constructor(client: DashboardClient, runId: string) {
    void this.#read(client, runId);
  }

  close(): void {
    this.#reading.abort();
  }

  async #read(client: DashboardClient, runId: string): Promise<void> {
    try {
      await this.#join(client, { run_id: runId, start: "snapshot", include_full_state: true, encoding: "uint8" }).catch((error: unknown) => {
        if (!(error instanceof RefusedError && error.code === "RUN_FINISHED")) {
          throw error;
        }
        // Nobody watched its fields while it ran, so none were kept; its features were.
        return this.#join(client, { run_id: runId, start: "history" });
      });
    } catch (error) {
      this.problem = `The run cannot be watched: ${error instanceof Error ? error.message : String(error)}`;
    }
    this.isOver = true;
    this.store.changed();
  }

  async #join(client: DashboardClient, request: JoinRunRequest & { readonly run_id: string }): Promise<void> {
    const { signal } = this.#reading;
    for await (const item of shown("simulation", request.run_id, client.simulation.joinRun(request, { signal }), signal).items()) {
      if (item.kind === "frame") {
        this.#take(item.frame);
      } else if (item.kind === "gap") {
        this.changes.push(`${item.gap.count} frames are lost: ${item.gap.reason}`);
      } else if (item.kind === "error") {
        throw new RefusedError(item.error);
      }
      this.store.changed();
    }
  }

  #take(frame: FrameEnvelope): void {
    switch (frame.type) {
      case "simulation_state":
        this.#show(frame as FrameEnvelope<SimulationState>);
        return;
      case "simulation_complete":
        this.complete = frame.payload as SimulationComplete;
        this.state = this.complete.state;
        this.#sample(this.complete.step, this.complete.final_metrics);
        return;
      case "simulation_paused":
        this.state = "paused";
        return;
      case "simulation_resumed":
        this.state = "running";
        return;
      case "simulation_steered":
        this.changes.push(sentenceOf(frame.payload as RunChange));
    }
  }

  #sample(step: number, metrics: RunSample["metrics"]): void {
    this.metrics = metrics;
    this.samples.push({ step, metrics });
  }

  #show({ payload, blocks }: FrameEnvelope<SimulationState>): void {
    this.newest = payload;
    this.#sample(payload.step, payload.metrics);
    if (this.state === "joining") {
      this.state = "running";
    }
    const block = blocks?.field;
    if (block !== undefined) {
      const [rows = 0, columns = 0] = block.shape;
      this.field = { rows, columns, units: block.units, values: toFloat32Array(block) };
      this.fields++;
    }
  }
}

function sentenceOf({ step, by, change }: RunChange): string {
  const values = Object.entries(change?.parameters ?? {}).map(([name, value]) => `${name} = ${value}`);
  const spike = change?.spike === undefined ? [] : [`spike at ${change.spike.x}, ${change.spike.y}`];
  return `After step ${step}: ${[...values, ...spike].join(", ")} (${by})`;
}
