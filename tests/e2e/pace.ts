import type { CDPSession, Page } from "@playwright/test";

/** How evenly a page draws, and what that costs. */
export interface Pace {
  readonly perSecond: number;
  /** The gap between two drawn frames that 95 of 100 do not exceed, in milliseconds. */
  readonly p95: number;
  /** The processor time that the page's main thread needs per drawn frame, in milliseconds: other programs do not count. */
  readonly cpuMs: number;
}

/** Notes when a page draws, from its start until it is read. */
export class PaceWatch {
  readonly #page: Page;
  readonly #debug: CDPSession;
  readonly #busyBefore: number;

  private constructor(page: Page, debug: CDPSession, busyBefore: number) {
    this.#page = page;
    this.#debug = debug;
    this.#busyBefore = busyBefore;
  }

  static async start(page: Page): Promise<PaceWatch> {
    const debug = await page.context().newCDPSession(page);
    await debug.send("Performance.enable", { timeDomain: "threadTicks" });
    await page.evaluate(() => {
      const times: number[] = [];
      (globalThis as unknown as { times: number[] }).times = times;
      const tick = (now: number): void => {
        times.push(now);
        requestAnimationFrame(tick);
      };
      requestAnimationFrame(tick);
    });
    return new PaceWatch(page, debug, await busySeconds(debug));
  }

  async read(): Promise<Pace> {
    const busy = (await busySeconds(this.#debug)) - this.#busyBefore;
    return this.#page.evaluate((seconds) => {
      const times = (globalThis as unknown as { times: number[] }).times;
      const gaps = times.slice(1).map((time, index) => time - (times[index] ?? 0)).sort((a, b) => a - b);
      const drawn = times.length - 1;
      return { perSecond: drawn / (((times.at(-1) ?? 0) - (times[0] ?? 0)) / 1_000), p95: gaps[Math.floor(gaps.length * 0.95)] ?? 0, cpuMs: (seconds * 1_000) / drawn };
    }, busy);
  }
}

/** The pace in words. */
export function wordsOf({ perSecond, p95, cpuMs }: Pace): string {
  return `${perSecond.toFixed(1)} frames a second, 95 % of gaps up to ${p95.toFixed(1)} ms, ${cpuMs.toFixed(1)} ms of processor time per frame`;
}

async function busySeconds(debug: CDPSession): Promise<number> {
  const { metrics } = await debug.send("Performance.getMetrics");
  return metrics.find(({ name }) => name === "TaskDuration")?.value ?? NaN;
}
