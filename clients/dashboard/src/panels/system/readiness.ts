import { LiveStore } from "../../ui/live-store.js";

/** One thing that the server checks of itself. */
export interface Check {
  readonly check: string;
  readonly status: "healthy" | "degraded" | "unhealthy";
  readonly description?: string;
}

const everyMs = 5_000;

/** What the server needs, such as Redis where it is configured, and whether it has it; asked for while it is shown. */
export class Readiness {
  readonly store = new LiveStore(this);
  checks: readonly Check[] = [];
  readonly #timer: ReturnType<typeof setInterval>;

  constructor() {
    this.#timer = setInterval(() => {
      if (document.visibilityState === "visible") {
        void this.#refresh();
      }
    }, everyMs);
    void this.#refresh();
  }

  close(): void {
    clearInterval(this.#timer);
  }

  async #refresh(): Promise<void> {
    try {
      const answer = (await (await fetch("/health/ready")).json()) as { readonly checks?: readonly Check[] };
      this.checks = answer.checks ?? [];
      this.store.changed();
    } catch {
      // The connections say that the server is away.
    }
  }
}
