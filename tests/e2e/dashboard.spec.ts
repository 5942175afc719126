import { AxeBuilder } from "@axe-core/playwright";
import { expect, test as base, type Page } from "@playwright/test";
import { join } from "node:path";
import { job, securityEvent, Server } from "./server.js";

const shots = join(import.meta.dirname, "..", "..", "artifacts", "e2e");

const test = base.extend<{ problems: string[] }, { server: Server }>({
  server: [
    async ({}, use) => {
      const server = await Server.start();
      await use(server);
      await server.kill();
    },
    { scope: "worker" },
  ],
  // No page may say anything on its console that is an error.
  problems: async ({ page }, use) => {
    const problems: string[] = [];
    page.on("pageerror", (error) => problems.push(error.message));
    page.on("console", (message) => {
      if (message.type() === "error") {
        problems.push(`${message.text()} ${message.location().url}`);
      }
    });
    await use(problems);
  },
});

// Asking whether there is a session is answered with 401 or 404, and the browser logs every such answer.
const unexpected = (problems: readonly string[]): string[] => problems.filter((p) => !/\/auth\/(me|session)/.test(p));

async function signIn(page: Page, server: Server, panel = "events"): Promise<void> {
  await page.goto(`${server.url}/#/${panel}`);
  await page.getByLabel("Key").fill("dev-key");
  await page.getByRole("button", { name: "Sign in" }).click();
  await expect(page.locator(".pill")).toHaveAttribute("data-state", "connected");
}

async function inspector(page: Page): Promise<void> {
  await page.locator(".pill").click();
  await expect(page.getByRole("complementary", { name: "Connection inspector" })).toBeVisible();
}

const cardOf = (page: Page, channel: string) => page.locator(`.subscription[data-channel="${channel}"]`);

test("A wrong key is refused with what to do, and the development key signs in", async ({ page, server, problems }) => {
  await page.goto(server.url);
  await page.getByLabel("Key").fill("no such key");
  await page.getByRole("button", { name: "Sign in" }).click();
  await expect(page.getByRole("alert")).toContainText("does not know this key");
  await page.getByRole("button", { name: "Use the development key" }).click();
  await expect(page.locator(".pill")).toHaveAttribute("data-state", "connected");
  expect(unexpected(problems).filter((p) => !p.includes("401"))).toEqual([]);
  await page.getByRole("button", { name: "Sign out" }).click();
  await expect(page.getByLabel("Key")).toBeVisible();
});

test("Events arrive, are filtered, and a critical one is impossible to miss until it is acknowledged", async ({ page, server, problems }) => {
  await signIn(page, server);
  const list = page.getByRole("list", { name: "Events, newest first" });
  await server.publish("events", securityEvent("A cat walks by"), securityEvent("Somebody at the gate", 45, "gate"));
  await expect(list).toContainText("A cat walks by");
  await server.publish("events", { type: "camera.offline", payload: { camera_id: "gate", camera_name: "Gate", timestamp: new Date().toISOString(), reason: "No power" } });
  await expect(page.getByRole("region", { name: "Cameras" })).toContainText("offline");

  await server.publish("events", securityEvent("A broken window", 92));
  const waiting = page.getByRole("region", { name: "To acknowledge" });
  await expect(waiting).toContainText("1 critical event waits");
  await expect(waiting).toContainText("A broken window");
  await expect(page).toHaveTitle("(1) RealtimeHub");
  await waiting.getByRole("button", { name: /Acknowledge/ }).click();
  await expect(waiting).toContainText("Nothing waits");
  await expect(page).toHaveTitle("RealtimeHub");

  await page.getByLabel("Types").fill("camera.*");
  await expect(list.getByRole("listitem")).toHaveCount(1);
  await page.getByLabel("Types").fill("*");
  await page.getByRole("combobox", { name: "Camera" }).selectOption("gate");
  await expect(list).toContainText("Somebody at the gate");
  await expect(list).not.toContainText("A cat walks by");
  expect(unexpected(problems)).toEqual([]);
});

test("A job's log of ten thousand lines is searched, paused and followed to its end", async ({ page, server, problems }) => {
  for (let at = 0; at < 10; at++) {
    await server.publish("job:big", ...job("big", 999));
  }
  await signIn(page, server, "jobs");
  const log = page.getByRole("region", { name: "Log of big" });
  await expect(log.locator("output")).toContainText("10,000 lines");
  await expect(log.getByText("line 999 of big").last()).toBeVisible();
  expect(await log.getByRole("listitem").count()).toBeLessThan(120);

  await log.getByLabel("Search").fill("line 500 of");
  await expect(log.locator("output")).toContainText("10 of 10,000 lines");
  await log.getByLabel("Search").fill("");
  await log.getByLabel("Level").selectOption("error");
  await expect(log.locator(".line.error").first()).toBeVisible();
  await log.getByLabel("Level").selectOption("debug");

  await log.getByRole("button", { name: "Pause" }).click();
  await server.publish("job:big", { type: "job.progress", payload: { job_id: "big", progress: 60, status: "running" } });
  await expect(log.getByRole("button", { name: "Resume (1 new)" })).toBeVisible();
  await expect(page.getByLabel("Progress of big")).toHaveAttribute("value", "60");
  await log.getByRole("button", { name: /Resume/ }).click();
  await server.publish("job:big", { type: "job.completed", payload: { job_id: "big", completed_at: new Date().toISOString() } });
  await expect(log.locator("output")).toContainText("ended");
  await expect(log.getByText("job.completed")).toBeVisible();
  expect(unexpected(problems)).toEqual([]);
});

test("The system shows this machine, and its history grows", async ({ page, server, problems }) => {
  await signIn(page, server, "system");
  const now = page.getByRole("region", { name: "Now" });
  await expect(now).toContainText("healthy");
  await expect(now.getByLabel("Processors")).toHaveAttribute("value", /\d/);
  await expect(page.locator(".chart canvas")).toHaveCount(5);
  expect(unexpected(problems)).toEqual([]);
});

test("A run is started, steered and seen to change, joined late and verified", async ({ page, server, problems }) => {
  await signIn(page, server, "simulation");
  await page.getByLabel("Cells per side").fill("64");
  await page.getByRole("button", { name: "Start a run" }).click();
  const canvas = page.getByRole("img", { name: "The field" });
  const fields = async (): Promise<number> => Number(await canvas.getAttribute("data-fields"));
  const pixels = (): Promise<string> => canvas.evaluate((element) => (element as HTMLCanvasElement).toDataURL());
  await expect.poll(fields).toBeGreaterThan(5);
  await page.getByRole("button", { name: "Pause" }).click();
  await expect(page.getByLabel("State")).toContainText("paused");

  // While it stands still only a change can make the next step look like this.
  const before = await pixels();
  await canvas.click({ position: { x: 100, y: 100 } });
  await expect(page.getByRole("list", { name: "Changes" })).toContainText("spike at");
  await page.getByLabel("Diffusion (alpha)").focus();
  await page.keyboard.press("ArrowLeft");
  await expect(page.getByRole("list", { name: "Changes" })).toContainText("alpha = 0.17");
  await page.getByRole("button", { name: "One step" }).click();
  await expect.poll(pixels).not.toBe(before);

  await page.getByRole("button", { name: "Verify" }).click();
  await expect(page.getByLabel("Verification")).toContainText("the checksum is the same");
  await expect(page.locator(".simulation .plot canvas")).toBeVisible();

  const runId = (await page.getByRole("region", { name: /^Run / }).getByRole("heading").textContent()) ?? "";
  await page.goto(`${server.url}/#/events`);
  await page.goto(`${server.url}/#/simulation`);
  await page.getByRole("region", { name: "Runs" }).getByRole("button", { name: runId }).click();
  await expect.poll(fields).toBeGreaterThan(0);
  await page.getByRole("button", { name: "Stop" }).click();
  await expect(page.getByLabel("State")).toContainText("stopped");
  expect(unexpected(problems)).toEqual([]);
});

test("The climate is drawn with its legend, its care and its provenance, a place is read and the frame verified", async ({ page, server, problems }) => {
  await signIn(page, server, "climate");
  const map = page.getByRole("img", { name: "t2m over Kansas" });
  await expect(map).toBeVisible();
  const colors = await map.evaluate((element) => {
    const canvas = element as HTMLCanvasElement;
    const { data } = canvas.getContext("2d")!.getImageData(0, 0, canvas.width, canvas.height);
    return new Set(new Uint32Array(data.buffer)).size;
  });
  expect(colors).toBeGreaterThan(50);
  await expect(page.locator(".climate figcaption")).toContainText(" K");
  await map.click({ position: { x: 40, y: 40 } });
  await expect(page.getByLabel("Value")).toContainText(/39\.\d+° N, -101\.\d+° E: \d{3}\.\d\d K/);
  await expect(page.getByRole("region", { name: "Care" }).getByRole("listitem").first()).toBeVisible();
  await expect(page.getByRole("region", { name: "Provenance" })).toContainText("urn:");
  await page.getByRole("button", { name: "Compute again and verify" }).click();
  await expect(page.getByLabel("Verification")).toContainText("the checksum is the same");
  await page.getByLabel("Field").selectOption("u10");
  await expect(page.getByRole("img", { name: "u10 over Kansas" })).toBeVisible();
  expect(unexpected(problems)).toEqual([]);
});

test("A workspace shows who is there and what happens", async ({ page, server, problems }) => {
  await signIn(page, server, "workspace");
  await page.getByLabel("Channel").getByRole("textbox").fill("team:development");
  await page.getByRole("button", { name: "Open" }).click();
  await expect(page.getByRole("region", { name: "Present" })).toContainText("1 connection");
  await server.publish("team:development", { type: "task_completed", payload: { taskId: "t1", result: "The map is drawn" } });
  await expect(page.getByRole("region", { name: "Updates" })).toContainText("The map is drawn");
  expect(unexpected(problems)).toEqual([]);
});

test("Cut connections and another encoding are taken up without a missing frame", async ({ page, server, problems }) => {
  await signIn(page, server);
  await inspector(page);
  const hub = page.locator('.hub[data-hub="events"]');
  await expect(hub).toContainText("webSockets");
  await expect(hub).toContainText("json");
  await server.publish("events", securityEvent("Before the cut"));
  await page.getByRole("button", { name: "Cut the connections" }).click();
  await server.publish("events", securityEvent("While it was cut"));
  await expect(page.getByRole("region", { name: "What happened" })).toContainText("reconnecting");
  await expect(page.getByRole("list", { name: "Events, newest first" })).toContainText("While it was cut");
  await page.getByLabel("MessagePack").check();
  await expect(hub).toContainText("messagepack");
  await server.publish("events", securityEvent("In the other encoding"));
  await expect(page.getByRole("list", { name: "Events, newest first" })).toContainText("In the other encoding");
  await expect(cardOf(page, "events")).toHaveAttribute("data-missing", "0");
  expect(unexpected(problems)).toEqual([]);
});

test("A killed server that comes back is seen, and the books have nothing missing", async ({ page }) => {
  await using mortal = await Server.start();
  await signIn(page, mortal);
  await inspector(page);
  await mortal.publish("events", securityEvent("Before the crash"));
  await expect(page.getByRole("list", { name: "Events, newest first" })).toContainText("Before the crash");
  await mortal.kill();
  await expect(page.locator(".pill")).toHaveAttribute("data-state", /reconnecting|connecting/);
  await mortal.start();
  await mortal.publish("events", securityEvent("After the crash"));
  await expect(page.getByRole("list", { name: "Events, newest first" })).toContainText("After the crash", { timeout: 40_000 });
  await expect(page.locator(".pill")).toHaveAttribute("data-state", "connected");
  await expect(page.getByRole("list", { name: "Events, newest first" })).toContainText("epoch_changed");
  await expect(cardOf(page, "events")).toHaveAttribute("data-missing", "0");
});

test("A thousand events a second are drawn at the screen's pace", async ({ page, server, problems }) => {
  await signIn(page, server);
  await page.evaluate(() => {
    const times: number[] = [];
    (globalThis as unknown as { times: number[] }).times = times;
    const tick = (now: number): void => {
      times.push(now);
      requestAnimationFrame(tick);
    };
    requestAnimationFrame(tick);
  });
  const before = await page.locator(".toolbar output").textContent();
  for (let second = 0; second < 5; second++) {
    const started = performance.now();
    await server.publish("events", ...Array.from({ length: 1_000 }, (_, i) => securityEvent(`Burst ${String(second)} ${String(i)}`)));
    await page.waitForTimeout(Math.max(0, 1_000 - (performance.now() - started)));
  }
  await expect(page.getByRole("list", { name: "Events, newest first" })).toContainText("Burst 4 999");
  const pace = await page.evaluate(() => {
    const times = (globalThis as unknown as { times: number[] }).times;
    const gaps = times.slice(1).map((time, index) => time - (times[index] ?? 0)).sort((a, b) => a - b);
    return { perSecond: (times.length - 1) / (((times.at(-1) ?? 0) - (times[0] ?? 0)) / 1_000), p95: gaps[Math.floor(gaps.length * 0.95)] ?? 0 };
  });
  test.info().annotations.push({ type: "pace", description: `${pace.perSecond.toFixed(1)} frames/s, p95 ${pace.p95.toFixed(1)} ms; before: ${String(before)}` });
  console.log(`  ${pace.perSecond.toFixed(1)} frames a second at 1,000 events a second; 95 % of gaps up to ${pace.p95.toFixed(1)} ms`);
  expect(pace.perSecond).toBeGreaterThan(30);
  expect(unexpected(problems)).toEqual([]);
});

for (const theme of ["light", "dark"] as const) {
  test(`Every panel is readable in the ${theme} theme, at 1280 and at 390 pixels, and free of serious violations`, async ({ page, server }) => {
    await page.emulateMedia({ colorScheme: theme, reducedMotion: "reduce" });
    await page.goto(server.url);
    await page.getByRole("button", { name: "Use the development key" }).waitFor();
    await page.screenshot({ path: join(shots, `sign-in-${theme}.png`) });
    await signIn(page, server);
    await server.publish("events", securityEvent("Glass breaks in the garage", 95, "garage"), securityEvent("A parcel is left", 35), securityEvent("Somebody climbs", 70, "back_yard"));
    await server.publish(`job:look-${theme}`, ...job(`look-${theme}`, 300), { type: "job.progress", payload: { job_id: `look-${theme}`, progress: 40, status: "running" } });
    await expect(page.getByRole("region", { name: "To acknowledge" })).toContainText("Glass breaks");
    for (const panel of ["climate", "events", "simulation", "jobs", "workspace", "system"]) {
      await page.setViewportSize({ width: 1280, height: 800 });
      await page.goto(`${server.url}/#/${panel}`);
      await expect(page.locator(`.panel.${panel}`)).toBeVisible();
      await expect(page.locator(".panel .empty", { hasText: "on its way" })).toHaveCount(0);
      await page.screenshot({ path: join(shots, `${panel}-${theme}.png`) });
      const { violations } = await new AxeBuilder({ page }).analyze();
      expect(violations.filter((v) => v.impact === "serious" || v.impact === "critical").map((v) => `${v.id}: ${v.nodes.map((n) => n.html).join(" | ").slice(0, 400)}`)).toEqual([]);
      await page.setViewportSize({ width: 390, height: 844 });
      await page.screenshot({ path: join(shots, `${panel}-${theme}-390.png`) });
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
    }
    await page.setViewportSize({ width: 1280, height: 800 });
    await page.goto(`${server.url}/#/events`);
    await inspector(page);
    await page.screenshot({ path: join(shots, `inspector-${theme}.png`) });
    await page.getByRole("button", { name: /Acknowledge/ }).first().click();
  });
}
