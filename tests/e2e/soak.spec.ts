import { expect, test } from "@playwright/test";
import { ServerProcess } from "../../clients/realtime-client/tests/server-process.js";
import { securityEvent } from "./events.js";

// A minute in every run; `npm run soak` takes ten, and 600,000 events.
const seconds = Number(process.env["SOAK_SECONDS"] ?? 60);
const lists = 20;

test(`Memory stays flat over ${String(seconds)} s of 1,000 events a second`, async ({ page }) => {
  test.setTimeout((seconds * 2 + 60) * 1_000);
  await using server = await ServerProcess.start();
  await page.goto(server.url);
  await page.getByRole("button", { name: "Use the development key" }).click();
  await expect(page.locator(".pill")).toHaveAttribute("data-state", "connected");
  const debug = await page.context().newCDPSession(page);
  const heapMiB = async (): Promise<number> => {
    await debug.send("HeapProfiler.collectGarbage");
    return (await debug.send("Runtime.getHeapUsage")).usedSize / 1_048_576;
  };

  const heaps: number[] = [];
  const started = performance.now();
  for (let second = 0; second < seconds; second++) {
    await server.publish("events", ...Array.from({ length: 1_000 }, (_, i) => securityEvent(`Soak ${String(second)} ${String(i)}`)));
    // The lists are full after ten thousand events; from there on nothing may grow.
    if (second >= lists && second % 10 === 9) {
      heaps.push(await heapMiB());
      console.log(`  ${String(second + 1)} s: ${heaps.at(-1)!.toFixed(1)} MiB`);
    }
    await page.waitForTimeout(Math.max(0, (second + 1) * 1_000 - (performance.now() - started)));
  }

  await expect(page.locator(".toolbar output")).toContainText(`of ${(seconds * 1_000).toLocaleString("en")}`);
  // One look differs from the next by what is on its way just then; what grows shows in the middle of many.
  const half = Math.floor(heaps.length / 2);
  expect(medianOf(heaps.slice(-half))).toBeLessThan(medianOf(heaps.slice(0, half)) * 1.1);
  expect(Math.max(...heaps)).toBeLessThan(medianOf(heaps) * 1.3);
});

function medianOf(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? NaN;
}
