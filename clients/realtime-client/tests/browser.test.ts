import { createServer, request, type Server } from "node:http";
import { connect as dial } from "node:net";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { chromium, type Browser } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { connect } from "../src/index.js";
import { securityEvent } from "./events.js";
import { ServerProcess } from "./server-process.js";

const bundle = join(import.meta.dirname, "../dist/browser/realtimehub-client.js");

const page = `<!doctype html><title>plain</title><script type="module">
  import { connect } from "/realtimehub-client.js";
  window.seen = [];
  window.client = connect({ credential: "dev-key", backoffBaseMs: 20 });
  window.states = [];
  client.on("state", ({ value }) => window.states.push(value.kind));
  window.subscription = await client.events.subscribe({ patterns: ["event"] }, (frame) => window.seen.push(frame.eventId));
  document.title = "subscribed";
</script>`;

let server: ServerProcess;
let site: Server;
let browser: Browser;
let origin: string;

// A page and the hubs from one origin, as behind any reverse proxy.
beforeAll(async () => {
  server = await ServerProcess.start();
  site = createServer((incoming, response) => {
    if (incoming.url === "/") {
      response.setHeader("Content-Type", "text/html");
      response.end(page);
    } else if (incoming.url === "/realtimehub-client.js") {
      response.setHeader("Content-Type", "text/javascript");
      response.end(readFileSync(bundle));
    } else {
      const { method, headers, url } = incoming;
      const onward = request(`${server.url}${url ?? ""}`, { method, headers }, (answer) => {
        response.writeHead(answer.statusCode ?? 502, answer.headers);
        answer.pipe(response);
      });
      incoming.pipe(onward);
    }
  });
  site.on("upgrade", (incoming, socket, head) => {
    const onward = dial(server.port, "127.0.0.1", () => {
      const headers = Object.entries(incoming.headers).map(([name, value]) => `${name}: ${String(value)}\r\n`);
      onward.write(`GET ${incoming.url ?? "/"} HTTP/1.1\r\n${headers.join("")}\r\n`);
      onward.write(head);
      socket.pipe(onward).pipe(socket);
    });
    for (const end of [socket, onward]) {
      end.on("error", () => undefined);
      end.on("close", () => {
        socket.destroy();
        onward.destroy();
      });
    }
  });
  await new Promise<void>((resolve) => site.listen(0, "127.0.0.1", resolve));
  origin = `http://127.0.0.1:${String((site.address() as { port: number }).port)}`;
  browser = await chromium.launch({
    executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
    args: ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run"],
  });
});

afterAll(async () => {
  await browser.close();
  site.closeAllConnections();
  site.close();
  await server.stop();
});

test("A plain page with a module script subscribes, and comes back at once when the network does", async () => {
  const tab = await browser.newPage();
  const problems: string[] = [];
  tab.on("pageerror", (error) => problems.push(error.message));
  await tab.goto(origin);
  await tab.waitForFunction(() => document.title === "subscribed");
  const direct = connect({ url: server.url, credential: "dev-key" });
  await direct.channels.publish("events", securityEvent("one"));
  await tab.waitForFunction(() => (globalThis as unknown as { seen: string[] }).seen.includes("one"));

  await tab.context().setOffline(true);
  await tab.evaluate(() => {
    (globalThis as unknown as { client: { events: { cut(): void } } }).client.events.cut();
  });
  await tab.waitForFunction(() => (globalThis as unknown as { states: string[] }).states.includes("reconnecting"));
  await direct.channels.publish("events", securityEvent("two"));
  await tab.context().setOffline(false);
  await tab.waitForFunction(() => (globalThis as unknown as { seen: string[] }).seen.includes("two"));

  const books = await tab.evaluate(() =>
    (globalThis as unknown as { subscription: { coverage(): { totals(): { received: number; missing: number } } } }).subscription.coverage().totals(),
  );
  expect(books).toMatchObject({ received: 2, missing: 0 });
  expect(problems).toEqual([]);
  await tab.close();
});
