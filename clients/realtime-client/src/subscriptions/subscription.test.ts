import { beforeEach, describe, expect, test } from "vitest";
import { connect, type RealtimeClient } from "../client.js";
import { frame, ScriptedServer, settle, subscribed } from "../testing/scripted-server.js";

let server: ScriptedServer;
let client: RealtimeClient;

beforeEach(() => {
  server = new ScriptedServer();
  client = connect(server.options());
});

describe("Subscribing", () => {
  test("hands on the start and every frame and notice in order", async () => {
    const seen: string[] = [];
    await client.events.subscribe({ patterns: ["alert.*"] }, {
      subscribed: (s) => seen.push(`subscribed after ${String(s.sequence)}`),
      frame: (f) => seen.push(`frame ${String(f.sequence)}`),
      gap: (g) => seen.push(`gap ${String(g.from)}-${String(g.to)} ${g.reason}`),
      skipped: (s) => seen.push(`skipped ${String(s.count)} ${s.reason}`),
      degraded: (d) => seen.push(`degraded ${d.policy}`),
      restored: (r) => seen.push(`restored ${String(r.sequence)}`),
    });
    const to = server.latest;
    to.pushFrames(1);
    to.push("Gap", { channel: "events", epoch: "a", from: 2, to: 3, count: 2, reason: "expired" });
    to.push("Degraded", { channel: "events", reason: "slow_consumer", policy: "lossless", lag: 2000 });
    to.push("Skipped", { channel: "events", epoch: "a", from: 4, to: 4, count: 1, reason: "filtered" });
    to.push("Restored", { channel: "events", sequence: 4 });
    to.push("Event", frame(9, { channel: "another" }));
    expect(seen).toEqual([
      "subscribed after 0", "frame 1", "gap 2-3 expired", "degraded lossless", "skipped 1 filtered", "restored 4",
    ]);
  });

  test("takes the answer when there is no notice", async () => {
    const seen: unknown[] = [];
    server.answers.set("Subscribe", () => ({ subscription: subscribed({ sequence: 4 }) }));
    const subscription = await client.events.subscribe({}, { subscribed: (s) => seen.push(s.sequence), frame: (f) => seen.push(f.sequence) });
    server.latest.pushFrames(5);
    expect(seen).toEqual([4, 5]);
    expect(subscription.position).toEqual({ epoch: "a", sequence: 5 });
  });

  test("takes the notice when the answer is late", async () => {
    const seen: number[] = [];
    server.answers.set("Subscribe", (request, connection) => {
      connection.accept(request);
      return new Promise(() => undefined);
    });
    await client.events.subscribe({}, (f) => seen.push(f.sequence));
    server.latest.pushFrames(1);
    expect(seen).toEqual([1]);
  });

  test("throws what the server refuses with", async () => {
    server.answers.set("Subscribe", () => ({ error: { code: "INVALID_REQUEST", message: "events: too many", retryable: false } }));
    await expect(client.events.subscribe({}, () => undefined)).rejects.toMatchObject({ code: "INVALID_REQUEST", message: "events: too many" });
    expect(client.events.subscriptions).toEqual([]);
  });

  test("gives a second subscription to the same channel a connection of its own, and closes it with it", async () => {
    const seen: string[] = [];
    await client.events.subscribe({ patterns: ["alert.*"] }, () => seen.push("first"));
    const second = await client.events.subscribe({ patterns: ["camera.*"] }, () => seen.push("second"));
    expect(server.connections).toHaveLength(2);
    server.connections[0]!.pushFrames(1);
    server.connections[1]!.pushFrames(2);
    expect(seen).toEqual(["first", "second"]);
    await second.unsubscribe();
    await settle();
    expect(server.connections.map((c) => c.isOpen)).toEqual([true, false]);
  });

  test("moves to another connection when the channel turns out to be subscribed already", async () => {
    server.answers.set("SubscribeJob", (request, connection) =>
      connection === server.connections[0]
        ? { error: { code: "SUBSCRIPTION_CONFLICT", message: "taken", retryable: false } }
        : connection.accept(request, { channel: "job:1" }),
    );
    const subscription = await client.jobs.subscribeJob({ job_id: "1" }, () => undefined);
    expect(server.connections).toHaveLength(2);
    expect(subscription.channel).toBe("job:1");
  });

  test("can be given up before it has started", async () => {
    server.answers.set("Subscribe", () => new Promise(() => undefined));
    const given = new AbortController();
    const subscribing = client.events.subscribe({}, () => undefined, { signal: given.signal });
    await settle();
    given.abort(new Error("enough"));
    await expect(subscribing).rejects.toThrow("enough");
    expect(client.events.subscriptions).toEqual([]);
  });

  test("ends on both sides", async () => {
    const seen: number[] = [];
    const subscription = await client.events.subscribe({}, (f) => seen.push(f.sequence));
    await subscription.unsubscribe();
    server.latest.pushFrames(1);
    expect(server.latest.callsOf("Unsubscribe")).toEqual([{ id: "events" }]);
    expect(seen).toEqual([]);
    expect(subscription.state).toEqual({ kind: "closed" });
  });

  test("ends with the channel, or with the server's reason", async () => {
    const job = await client.jobs.subscribeJob({ job_id: "1" }, () => undefined);
    server.latest.push("Unsubscribed", { id: "job:1", channel: "events", epoch: "a", sequence: 0, reason: "completed" });
    await expect(job.ended).resolves.toBeUndefined();
    const refused = await client.jobs.subscribeJob({ job_id: "2" }, () => undefined);
    const error = { code: "FORBIDDEN", message: "no longer", retryable: false };
    server.latest.push("Unsubscribed", { id: "job:2", channel: "events", epoch: "a", sequence: 0, reason: "FORBIDDEN", error });
    await expect(refused.ended).resolves.toEqual(error);
  });

  test("reports a handler that throws, and hands on the next frame", async () => {
    const seen: number[] = [];
    const errors: string[] = [];
    client.on("error", ({ hub, value }) => errors.push(`${hub}: ${value.message}`));
    await client.events.subscribe({}, async (f) => {
      seen.push(f.sequence);
      if (f.sequence === 1) {
        throw new Error("at once");
      }
      await settle();
      throw new Error("later");
    });
    server.latest.pushFrames(1, 2);
    await settle();
    await settle();
    expect(seen).toEqual([1, 2]);
    expect(errors).toEqual(["events: at once", "events: later"]);
  });

  test("knows its lag from heartbeats, and reports frames that never came", async () => {
    const errors: string[] = [];
    client.events.on("error", (e) => errors.push(e.message));
    const subscription = await client.events.subscribe({}, () => undefined);
    server.latest.pushFrames(1, 3);
    const position = { id: "events", channel: "events", epoch: "a", sequence: 3, newest: 10 };
    server.latest.push("Heartbeat", { timestamp: "2026-01-01T00:00:00.000Z", interval_seconds: 30, positions: [position] });
    expect(errors).toEqual(["1 frames of events up to 3 neither came nor were announced"]);
    expect(subscription.lag).toBe(9);
    expect(client.coverage().map((c) => [c.hub, c.id, c.coverage.isComplete])).toEqual([["events", "events", false]]);
  });

  test("keeps added and removed patterns over reconnects", async () => {
    const subscription = await client.events.subscribe({ patterns: ["alert.*"] }, () => undefined);
    server.answers.set("UnsubscribeEvents", ({ events }) => ({ removed: true, events }));
    await client.events.addPatterns(subscription, ["camera.*"]);
    await client.events.removePatterns(subscription, ["alert.*"]);
    server.latest.drop();
    await server.clock.advance(500);
    expect(server.latest.callsOf("Subscribe")).toEqual([{ id: "events", events: ["camera.*"], from: { epoch: "a", sequence: 0 } }]);
  });

  test("sets back to a position", async () => {
    const seen: number[] = [];
    const subscription = await client.events.subscribe({ from: { epoch: "a", sequence: 5 } }, (f) => seen.push(f.sequence));
    await subscription.resync({ epoch: "a", sequence: 3 });
    server.latest.pushFrames(4, 5, 6);
    expect(seen).toEqual([4, 5, 6]);
  });

  test("pauses and goes on without a loss", async () => {
    const seen: number[] = [];
    const subscription = await client.events.subscribe({}, (f) => seen.push(f.sequence));
    server.latest.pushFrames(1);
    subscription.pause();
    server.latest.pushFrames(2);
    expect(subscription.state).toEqual({ kind: "paused", from: { epoch: "a", sequence: 1 } });
    subscription.resume();
    await settle();
    expect(server.latest.callsOf("Subscribe").at(-1)).toMatchObject({ from: { epoch: "a", sequence: 1 } });
    server.latest.pushFrames(2, 3);
    expect(seen).toEqual([1, 2, 3]);
  });
});

describe("Acknowledging", () => {
  test("sends what is acknowledged together in one call", async () => {
    const subscription = await client.events.subscribe({ consumer: "desk" }, () => undefined);
    const frames = [1, 2, 3].map((n) => frame(n, { requires_ack: true }));
    const answers = await Promise.all(frames.map((f) => subscription.ack(f)));
    expect(server.latest.callsOf("Ack")).toEqual([{ channel: "events", epoch: "a", sequences: [1, 2, 3] }]);
    expect(answers[0]).toMatchObject({ acknowledged: [1, 2, 3] });
  });

  test("acknowledges again what comes again, without showing it", async () => {
    const seen: number[] = [];
    const subscription = await client.events.subscribe({ consumer: "desk" }, (f) => seen.push(f.sequence));
    const critical = frame(1, { requires_ack: true });
    server.latest.push("Event", critical);
    await subscription.ack(critical);
    server.latest.drop();
    await server.clock.advance(500);
    server.latest.push("Event", critical);
    await settle();
    expect(seen).toEqual([1]);
    expect(server.latest.callsOf("Ack")).toEqual([{ channel: "events", epoch: "a", sequences: [1] }]);
  });

  test("does not acknowledge for the user what comes again unacknowledged", async () => {
    await client.events.subscribe({ consumer: "desk" }, () => undefined);
    const critical = frame(1, { requires_ack: true });
    server.latest.push("Event", critical);
    server.latest.push("Event", critical);
    await settle();
    expect(server.latest.callsOf("Ack")).toEqual([]);
  });

  test("answers nothing when the connection is away, and throws a refusal", async () => {
    const subscription = await client.events.subscribe({ consumer: "desk" }, () => undefined);
    server.answers.set("Ack", () => ({ error: { code: "CHANNEL_NOT_FOUND", message: "no", retryable: false } }));
    await expect(subscription.ack(frame(1))).rejects.toMatchObject({ code: "CHANNEL_NOT_FOUND" });
    server.latest.drop();
    await settle();
    await expect(subscription.ack(frame(2))).resolves.toBeUndefined();
  });
});
