import type { Page } from "@playwright/test";

/** How evenly a page draws. */
export interface Pace {
  readonly perSecond: number;
  /** The gap between two drawn frames that 95 of 100 do not exceed, in milliseconds. */
  readonly p95: number;
}

/** Begins to note when the page draws. */
export function beginPace(page: Page): Promise<void> {
  return page.evaluate(() => {
    const times: number[] = [];
    (globalThis as unknown as { times: number[] }).times = times;
    const tick = (now: number): void => {
      times.push(now);
      requestAnimationFrame(tick);
    };
    requestAnimationFrame(tick);
  });
}

/** The pace since it began. */
export function readPace(page: Page): Promise<Pace> {
  return page.evaluate(() => {
    const times = (globalThis as unknown as { times: number[] }).times;
    const gaps = times.slice(1).map((time, index) => time - (times[index] ?? 0)).sort((a, b) => a - b);
    return { perSecond: (times.length - 1) / (((times.at(-1) ?? 0) - (times[0] ?? 0)) / 1_000), p95: gaps[Math.floor(gaps.length * 0.95)] ?? 0 };
  });
}
