import type { RunStatus } from "@realtimehub/client";
import type { DashboardClient } from "../../session/dashboard-client.js";
import { LiveStore } from "../../ui/live-store.js";

const everyMs = 2_000;

/** The runs that the server remembers, newest first, asked for again and again while they are shown. */
export class RunList {
  readonly store = new LiveStore(this);
  runs: readonly RunStatus[] = [];
  /** The run that is shown until somebody chooses one: the newest at work, else the newest. It stays while others come and go. */
  first: string | undefined;
  isListed = false;
  problem: string | undefined;
  readonly #client: DashboardClient;
  readonly #timer: ReturnType<typeof setInterval>;

  constructor(client: DashboardClient) {
    this.#client = client;
    this.#timer = setInterval(() => {
      if (document.visibilityState === "visible") {
        void this.refresh();
      }
    }, everyMs);
    void this.refresh();
  }

  close(): void {
    clearInterval(this.#timer);
  }

  async refresh(): Promise<void> {
    try {
      this.runs = await this.#client.simulation.listRuns({ limit: 50 });
      this.first ??= (this.runs.find((run) => run.ended_at === undefined) ?? this.runs[0])?.run_id;
      this.isListed = true;
      this.problem = undefined;
    } catch (error) {
      this.problem = `Runs cannot be listed: ${error instanceof Error ? error.message : String(error)}`;
    }
    this.store.changed();
  }
}
