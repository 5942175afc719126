import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { connect, RefusedError, type ClientOptions, type FrameEnvelope, type RealtimeClient } from "../src/index.js";
import { messagePack } from "../src/messagepack.js";
import { securityEvent } from "./events.js";
import { ServerProcess } from "./server-process.js";
import { UnsteadyProxy } from "./unsteady-proxy.js";
import { Watch } from "./waiting.js";
import { messagesChecked, openChecked, schemaErrors } from "./wire-schema.js";

interface SecurityEvent {
  readonly camera_id: string;
  readonly risk_score: number;
}

let server: ServerProcess;

beforeAll(async () => {
  server = await ServerProcess.start();
});

afterAll(async () => {
  expect(messagesChecked()).toBeGreaterThan(20);
  await server.stop();
});

describe.each(["json", "messagepack"])("Over %s", (protocol) => {
  const clients: RealtimeClient[] = [];
  let run = 0;

  function client(options: ClientOptions = {}): RealtimeClient {
    const made = connect({
      url: server.url,
      credential: "dev-key",
      openConnection: openChecked,
      backoffBaseMs: 20,
      backoffCapMs: 200,
      ...(protocol === "messagepack" && { protocol: messagePack() }),
      ...options,
    });
    clients.push(made);
    return made;
  }

  const unique = (name: string): string => `${protocol}-${name}-${String(++run)}`;

  afterEach(async () => {
    await Promise.all(clients.splice(0).map((c) => c.close()));
    expect(schemaErrors.splice(0)).toEqual([]);
  });

  test("events arrive in order with what was published, and the connection says how it travels", async () => {
    const watch = new Watch();
    const frames: FrameEnvelope<SecurityEvent>[] = [];
    const made = client();
    const id = unique("order");
    await made.events.subscribe<SecurityEvent>({ patterns: ["event"], filter: { tag: "camera_id", op: "eq", value: "front_door" } }, (frame) => {
      frames.push(frame);
      watch.changed();
    });
    const published = await made.events.publish({ channel: "events", event: securityEvent(`${id}a`) });
    await made.channels.publishBatch("events", [securityEvent(`${id}b`), securityEvent(`${id}c`)]);
    await watch.until(() => frames.length === 3, "three events");
    expect(frames.map((f) => f.eventId)).toEqual([`${id}a`, `${id}b`, `${id}c`]);
    expect(frames[0]).toMatchObject({ channel: "events", sequence: published.sequence, epoch: published.epoch, requires_ack: false });
    expect(frames[0]!.payload).toMatchObject({ camera_id: "front_door", risk_score: 10, summary: `Grüße 🚪 ${id}a` });
    expect(frames[0]!.timestamp).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
    expect(made.events.facts).toMatchObject({ transport: "webSockets", protocol });
    expect(made.events.facts!.bytesReceived).toBeGreaterThan(500);
    expect(await made.events.ping()).toBeGreaterThan(0);
  });

  test("a critical event comes again until it is acknowledged", async () => {
    const watch = new Watch();
    const made = client();
    const consumer = unique("desk");
    const seen: string[] = [];
    const frames: FrameEnvelope[] = [];
    const subscription = await made.events.subscribe({ patterns: ["event"], consumer }, async (frame) => {
      seen.push(frame.eventId);
      frames.push(frame);
      watch.changed();
      if (frame.requires_ack) {
        await subscription.ack(frame); // It may be lost with the connection; then the client acknowledges again by itself.
      }
    });
    const id = unique("critical");
    await made.channels.publish("events", securityEvent(id, 90));
    await watch.until(() => seen.includes(id), "the critical event");
    made.events.cut();
    await made.channels.publish("events", securityEvent(`${id}-after`));
    await watch.until(() => seen.includes(`${id}-after`), "the event after it");
    const critical = frames.find((f) => f.eventId === id)!;
    expect(await subscription.ack(critical)).toMatchObject({ acknowledged: [critical.sequence], unacknowledged: 0 });
    expect(seen.filter((s) => s === id)).toHaveLength(1);
  });

  test("a job's log is read from its first line to its end, whatever breaks", async () => {
    const made = client();
    const job = unique("job");
    const lines = Array.from({ length: 3_000 }, (_, i) => ({ type: "job.log", payload: { message: `line ${String(i)}`, level: "info" } }));
    await made.jobs.publish({ channel: `job:${job}`, event: { type: "job.started", payload: { job_id: job, job_type: "test", started_at: "2026-01-01T00:00:00Z" } } });
    const uploaded = await made.jobs.publishStream(`job:${job}`, lines);
    expect(uploaded).toMatchObject({ count: 3_000 });
    await made.jobs.publish({ channel: `job:${job}`, event: { type: "job.completed", payload: { job_id: job, completed_at: "2026-01-01T00:00:01Z" } } });
    await using proxy = await UnsteadyProxy.start(server.port);
    const logs = client({ url: proxy.url }).jobs.streamLogs<{ message: string }>({ job_id: job });
    const seen: string[] = [];
    for await (const frame of logs) {
      seen.push(frame.type === "job.log" ? frame.payload.message : frame.type);
      if (seen.length === 100 || seen.length === 2_000) {
        proxy.cut();
      }
    }
    expect(seen).toEqual(["job.started", ...lines.map((l) => l.payload.message), "job.completed"]);
    expect(logs.coverage().totals()).toMatchObject({ received: 3_002, missing: 0, pending: 0 });
    const [listed] = (await made.jobs.list({ limit: 1_000 })).filter((j) => j.job_id === job);
    expect(listed).toMatchObject({ state: "completed", progress: 100 });
  });

  test("a slow reader of a tail loses nothing", async () => {
    const made = client({ queueCapacity: 16 });
    const id = unique("slow");
    const position = (await made.channels.history("events", { order: "desc", limit: 1 })).position;
    await made.channels.publishBatch("events", Array.from({ length: 200 }, (_, i) => securityEvent(`${id}-${String(i)}`)));
    const seen: string[] = [];
    const tail = made.events.tail({ from: position });
    for await (const frame of tail) {
      seen.push(frame.eventId);
      await new Promise(setImmediate);
      if (seen.length === 200) {
        expect(tail.coverage().totals()).toMatchObject({ received: 200, missing: 0 });
        break;
      }
    }
    expect(seen).toEqual(Array.from({ length: 200 }, (_, i) => `${id}-${String(i)}`));
  });

  test("the system tells its status at once", async () => {
    for await (const frame of client().system.tail<{ node: string; cpu: { count: number } }>()) {
      expect(frame).toMatchObject({ type: "node.status", channel: "system" });
      expect(frame.payload.cpu.count).toBeGreaterThan(0);
      break;
    }
  });

  test("refusals have codes", async () => {
    const made = client();
    await expect(made.events.subscribe({ patterns: [] }, () => undefined)).rejects.toMatchObject({ code: "INVALID_REQUEST" });
    await expect(made.channels.publish("system", securityEvent("x"))).rejects.toBeInstanceOf(RefusedError);
    await expect(made.channels.history("nothing")).rejects.toMatchObject({ code: "CHANNEL_NOT_FOUND" });
    await expect(client({ credential: "wrong" }).events.connect()).rejects.toMatchObject({ kind: "refused", status: 401, error: { code: "INVALID_API_KEY" } });
    await expect(async () => {
      for await (const _ of made.jobs.streamLogs({ job_id: "nobody" })) {
        // Nothing comes.
      }
    }).rejects.toMatchObject({ code: "JOB_NOT_FOUND" });
  });

  test("a gap is announced in its place when the log no longer keeps what was asked for", async () => {
    await using small = await ServerProcess.start("--Channels:Retention:0:Family", "events", "--Channels:Retention:0:MaxFrames", "10");
    const made = client({ url: small.url });
    await made.channels.publishBatch("events", Array.from({ length: 50 }, (_, i) => securityEvent(unique(`kept-${String(i)}`))));
    const { position } = await made.channels.history("events", { limit: 1 });
    const watch = new Watch();
    const seen: string[] = [];
    const subscription = await made.events.subscribe({ from: { epoch: position.epoch, sequence: 0 } }, {
      gap: (gap) => seen.push(`gap ${String(gap.from)}-${String(gap.to)} ${gap.reason}`),
      frame: (frame) => {
        seen.push(String(frame.sequence));
        watch.changed();
      },
    });
    await watch.until(() => seen.includes("50"), "the newest event");
    expect(seen[0]).toMatch(/^gap 1-\d+ expired$/);
    const totals = subscription.coverage().totals();
    expect(totals.missing).toBe(0);
    expect(totals.received + (totals.lost.expired ?? 0)).toBe(50);
  });

  test("a killed server that comes back is taken up again by itself", async () => {
    await using mortal = await ServerProcess.start();
    const made = client({ url: mortal.url });
    const watch = new Watch();
    const states: string[] = [];
    const seen: string[] = [];
    made.events.on("state", (state) => {
      states.push(state.kind);
      watch.changed();
    });
    const subscription = await made.events.subscribe({}, (frame) => {
      seen.push(frame.eventId);
      watch.changed();
    });
    await made.channels.publish("events", securityEvent("before"));
    await watch.until(() => seen.includes("before"), "the first event");
    await mortal.stop();
    await watch.until(() => states.includes("reconnecting"), "the loss to be noticed");
    await mortal.start();
    // Published before the client is back: a history that began anew is news from its first frame on.
    await connect({ url: mortal.url, credential: "dev-key" }).channels.publish("events", securityEvent("after"));
    await watch.until(() => seen.includes("after"), "the event after the restart");
    expect(subscription.coverage().totals()).toMatchObject({ epochChanges: 1, missing: 0 });
    await watch.until(() => made.events.state.kind === "connected", "the connection");
  });
});
