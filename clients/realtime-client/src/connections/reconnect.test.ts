import { beforeEach, describe, expect, test } from "vitest";
import { connect, type RealtimeClient } from "../client.js";
import type { ClientOptions } from "../options.js";
import { frame, ScriptedServer, settle } from "../testing/scripted-server.js";

let server: ScriptedServer;
let states: string[];
let errors: Error[];

beforeEach(() => {
  server = new ScriptedServer();
  states = [];
  errors = [];
});

function client(options: ClientOptions = {}): RealtimeClient {
  const made = connect(server.options(options));
  made.events.on("state", (state) => {
    states.push(state.kind === "reconnecting" ? `reconnecting ${String(state.attempt)} in ${String(state.delayMs)}` : state.kind);
  });
  made.events.on("error", (error) => {
    errors.push(error);
  });
  return made;
}

async function subscribed(to: RealtimeClient) {
  const seen: number[] = [];
  const subscription = await to.events.subscribe({ patterns: ["*"] }, (f) => seen.push(f.sequence));
  return { subscription, seen };
}

describe("Connecting", () => {
  test("opens one connection with the first call and asks for nothing unasked", async () => {
    const events = client({ credential: "key" }).events;
    await Promise.all([events.connect(), events.connect()]);
    expect(states).toEqual(["connecting", "connected"]);
    expect(server.connections.map((c) => [c.request.url, c.token])).toEqual([["http://scripted.test/hubs/events?receive_all=false", "key"]]);
  });

  test("goes on for ever with growing delays, from the first attempt on", async () => {
    server.refusals.push("unreachable", "unreachable", { status: 503 });
    const connecting = client().events.connect();
    await server.clock.advance(500 + 1_000 + 2_000);
    await connecting;
    expect(states).toEqual([
      "connecting", "reconnecting 1 in 500", "connecting", "reconnecting 2 in 1000", "connecting", "reconnecting 3 in 2000", "connecting", "connected",
    ]);
    expect(errors).toMatchObject([{ kind: "unreachable" }, { kind: "unreachable" }, { kind: "refused" }]);
  });

  test("waits as long as a refusal asks for", async () => {
    server.refusals.push({ status: 503, error: { code: "UNAVAILABLE", message: "away", retryable: true, retry_after_ms: 7_000 } });
    client().events.connect();
    await settle();
    expect(states.at(-1)).toBe("reconnecting 1 in 7000");
  });

  test("gives up an attempt that takes too long", async () => {
    server.refusals.push("silent");
    client().events.connect();
    await server.clock.advance(10_000);
    expect(states).toEqual(["connecting", "reconnecting 1 in 500"]);
  });

  test.each([401, 403])("ends when the credential is refused with %i, and may be tried again", async (status) => {
    server.refusals.push({ status });
    const { events } = client({ credential: "bad" });
    await expect(events.connect()).rejects.toMatchObject({ kind: "refused", status, isFinal: true });
    expect(states).toEqual(["connecting", "disconnected"]);
    await events.connect();
    expect(states.at(-1)).toBe("connected");
  });

  test("can be given up", async () => {
    server.refusals.push("silent");
    const given = new AbortController();
    const connecting = client().events.connect({ signal: given.signal });
    given.abort(new Error("enough"));
    await expect(connecting).rejects.toThrow("enough");
  });
});

describe("Credentials", () => {
  test("are asked for once per connection, so that a ticket serves one", async () => {
    let tickets = 0;
    const made = client({ credential: () => `ticket ${String(++tickets)}` });
    await made.events.connect();
    server.latest.drop();
    await server.clock.advance(500);
    expect(server.connections.map((c) => c.token)).toEqual(["ticket 1", "ticket 2"]);
  });

  test("that expired are asked for once more before a refusal counts", async () => {
    let asked = 0;
    const made = client({ credential: () => `token ${String(++asked)}` });
    await made.events.connect();
    server.refusals.push({ status: 401 }, undefined, { status: 401 }, { status: 401 });
    server.latest.drop();
    await server.clock.advance(1_500);
    expect(made.events.state.kind).toBe("connected");
    server.latest.drop();
    await server.clock.advance(60_000);
    expect(made.events.state.kind).toBe("disconnected");
  });
});

describe("Credential refresh", () => {
  const token = (lifetime: number): string => `h.${btoa(JSON.stringify({ iat: 1_000, exp: 1_000 + lifetime }))}.s`;

  test("happens five minutes before a token ends, or at half its life", async () => {
    const tokens = [token(3_600), token(120), token(120)];
    const made = client({ credential: () => tokens.shift() ?? "none" });
    server.answers.set("RefreshCredential", () => ({}));
    await made.events.connect();
    await server.clock.advance(55 * 60_000 - 1);
    expect(server.latest.callsOf("RefreshCredential")).toEqual([]);
    await server.clock.advance(1);
    await server.clock.advance(60_000);
    expect(server.latest.callsOf("RefreshCredential")).toEqual([{ access_token: token(120) }, { access_token: token(120) }]);
    expect(server.connections).toHaveLength(1);
  });

  test("happens when the server says that the credential has expired", async () => {
    let asked = 0;
    const made = client({ credential: ({ hub }) => `${String(hub)} ${String(++asked)}` });
    server.answers.set("RefreshCredential", () => ({}));
    await made.events.connect();
    server.latest.push("Error", { error: { code: "CREDENTIAL_EXPIRED", message: "expired", retryable: true } });
    await settle();
    expect(server.latest.callsOf("RefreshCredential")).toEqual([{ access_token: "/hubs/events 2" }]);
  });

  test("reports a refusal, which leaves the connection as it is", async () => {
    const made = client({ credential: () => "key" });
    server.answers.set("RefreshCredential", () => ({ error: { code: "FORBIDDEN", message: "another user", retryable: false } }));
    await made.events.connect();
    await made.events.refreshCredential();
    expect(errors).toMatchObject([{ code: "FORBIDDEN" }]);
    expect(made.events.state.kind).toBe("connected");
  });
});

describe("Reconnecting", () => {
  test("resumes from the last accounted position and drops what came before", async () => {
    const made = client();
    const { subscription, seen } = await subscribed(made);
    server.latest.pushFrames(1, 2, 4);
    server.latest.drop();
    expect(subscription.state).toEqual({ kind: "recovering", from: { epoch: "a", sequence: 2 } });
    await server.clock.advance(500);
    expect(server.latest.callsOf("Subscribe")).toEqual([{ id: "events", events: ["*"], from: { epoch: "a", sequence: 2 } }]);
    server.latest.pushFrames(3, 4, 5);
    expect(seen).toEqual([1, 2, 4, 3, 5]);
    expect(subscription.coverage().totals()).toMatchObject({ received: 5, duplicates: 1, missing: 0 });
    expect(subscription.state).toEqual({ kind: "live", position: { epoch: "a", sequence: 5 } });
  });

  test("does not ask for a start that counted once", async () => {
    const made = client();
    await made.events.subscribe({ patterns: ["alert.*"], last: 10, consumer: "desk" }, () => undefined);
    server.latest.drop();
    await server.clock.advance(500);
    expect(server.latest.callsOf("Subscribe")).toEqual([
      { id: "events", events: ["alert.*"], consumer: "desk", from: { epoch: "a", sequence: 0 } },
    ]);
  });

  test("hears nothing of a connection that was left", async () => {
    const { seen } = await subscribed(client());
    const old = server.latest;
    old.drop();
    old.pushFrames(1);
    expect(seen).toEqual([]);
  });

  test("waits as long as the server asked for", async () => {
    await client().events.connect();
    server.latest.push("Control", { code: "SERVER_SHUTDOWN", reason: "restart", reconnect: true, retry_after_ms: 4_321 });
    server.latest.drop();
    await settle();
    expect(states.at(-1)).toBe("reconnecting 1 in 4321");
  });

  test("starts over with the delays once a connection has held", async () => {
    server.refusals.push("unreachable", "unreachable");
    client().events.connect();
    await server.clock.advance(1_500);
    await server.clock.advance(30_000);
    server.latest.drop();
    await settle();
    expect(states.at(-1)).toBe("reconnecting 1 in 500");
  });

  test("keeps growing while connections break at once", async () => {
    client().events.connect();
    await settle();
    server.latest.drop();
    await server.clock.advance(500);
    server.latest.drop();
    await settle();
    expect(states.at(-1)).toBe("reconnecting 2 in 1000");
  });

  test("stops on a terminal code, after the last frame, and says why", async () => {
    const { subscription, seen } = await subscribed(client());
    server.latest.pushFrames(1);
    server.latest.push("Control", { code: "SESSION_CLOSED", reason: "signed out", reconnect: false });
    server.latest.drop();
    await expect(subscription.ended).resolves.toMatchObject({ code: "SESSION_CLOSED" });
    expect(seen).toEqual([1]);
    expect(states.at(-1)).toBe("disconnected");
    expect(subscription.state.kind).toBe("closed");
  });

  test("stops when the credential is refused now", async () => {
    const { subscription } = await subscribed(client({ credential: "key" }));
    server.refusals.push({ status: 401 });
    server.latest.drop();
    await server.clock.advance(500);
    await expect(subscription.ended).resolves.toMatchObject({ code: "UNAUTHORIZED" });
  });

  test("rests when the server closes an idle connection, until the next call", async () => {
    const made = client();
    await made.events.connect();
    server.latest.push("Control", { code: "IDLE", reason: "idle", reconnect: true });
    server.latest.drop();
    await settle();
    expect(states.at(-1)).toBe("idle");
    await made.events.ping();
    expect(states.at(-1)).toBe("connected");
  });

  test("fails calls that wait for their answer", async () => {
    const made = client();
    await made.events.connect();
    server.answers.set("Publish", () => new Promise(() => undefined));
    const publishing = made.events.publish({ channel: "events", event: { type: "event" } });
    await settle();
    server.latest.drop();
    await expect(publishing).rejects.toMatchObject({ kind: "broken", isFinal: false });
  });

  test("asks again later for a subscription that is refused for now", async () => {
    const { subscription } = await subscribed(client());
    const accept = server.answers.get("Subscribe")!;
    server.answers.set("Subscribe", () => ({ error: { code: "RATE_LIMIT", message: "slow down", retryable: true, retry_after_ms: 3_000 } }));
    server.latest.drop();
    await server.clock.advance(500);
    expect(subscription.state.kind).toBe("recovering");
    server.answers.set("Subscribe", accept);
    await server.clock.advance(3_000);
    expect(subscription.state.kind).toBe("live");
    expect(server.connections).toHaveLength(2);
  });

  test("ends a subscription that is refused for good, and only that", async () => {
    const made = client();
    const { subscription } = await subscribed(made);
    server.answers.set("Subscribe", () => ({ error: { code: "CHANNEL_FORBIDDEN", message: "no", retryable: false } }));
    server.latest.drop();
    await server.clock.advance(500);
    await expect(subscription.ended).resolves.toMatchObject({ code: "CHANNEL_FORBIDDEN" });
    expect(made.events.state.kind).toBe("connected");
  });

  test("survives a connection that breaks before the first answer", async () => {
    const accept = server.answers.get("Subscribe")!;
    server.answers.set("Subscribe", () => new Promise(() => undefined));
    const subscribing = client().events.subscribe({}, () => undefined);
    await settle();
    server.answers.set("Subscribe", accept);
    server.latest.drop();
    await server.clock.advance(500);
    await expect(subscribing).resolves.toMatchObject({ id: "events" });
  });

  test("asks for a history that began anew from its first frame", async () => {
    const { subscription, seen } = await subscribed(client());
    server.latest.pushFrames(1, 2);
    server.answers.set("Subscribe", (request, connection) => connection.accept(request, { epoch: "b", sequence: 3, recovered: false, reason: "epoch_changed" }));
    server.latest.drop();
    await server.clock.advance(500);
    expect(server.latest.callsOf("Resync")).toEqual([{ id: "events", from: { epoch: "b", sequence: 0 } }]);
    for (const sequence of [1, 2, 3]) {
      server.latest.push("Event", frame(sequence, { epoch: "b" }));
    }
    expect(seen).toEqual([1, 2, 1, 2, 3]);
    expect(subscription.coverage().totals()).toMatchObject({ epochChanges: 1, received: 5, missing: 0 });
  });
});

describe("Reconnecting to a history that began anew", () => {
  test("asks again for its first frame when the connection breaks before that was granted", async () => {
    const { seen } = await subscribed(client());
    server.latest.pushFrames(1, 2);
    const accept = server.answers.get("Subscribe")!;
    server.answers.set("Subscribe", (request, connection) => connection.accept(request, { epoch: "b", sequence: 3, recovered: false, reason: "epoch_changed" }));
    server.answers.set("Resync", () => new Promise(() => undefined));
    server.latest.drop();
    await server.clock.advance(500);
    server.answers.set("Subscribe", accept);
    server.latest.drop();
    await server.clock.advance(1_000);
    expect(server.latest.callsOf("Subscribe")).toMatchObject([{ from: { epoch: "b", sequence: 0 } }]);
    server.latest.push("Event", frame(1, { epoch: "b" }));
    expect(seen).toEqual([1, 2, 1]);
  });
});

test("Another encoding is taken up without a loss", async () => {
  const made = client();
  const { subscription } = await subscribed(made);
  server.latest.pushFrames(1);
  const other = { name: "messagepack" } as NonNullable<ClientOptions["protocol"]>;
  made.switchProtocol(other);
  await server.clock.advance(500);
  expect(server.latest.request.protocol).toBe(other);
  expect(subscription.state).toEqual({ kind: "live", position: { epoch: "a", sequence: 1 } });
});

describe("Waking", () => {
  test("tries at once while it waits", async () => {
    await client().events.connect();
    server.latest.drop();
    await settle();
    server.wake();
    await settle();
    expect(states.slice(-3)).toEqual(["reconnecting 1 in 500", "connecting", "connected"]);
    expect(server.clock.now()).toBe(0);
  });

  test("leaves a connection that answers", async () => {
    await client().events.connect();
    server.wake();
    await server.clock.advance(5_000);
    expect(states.at(-1)).toBe("connected");
    expect(server.connections).toHaveLength(1);
  });

  test("replaces a connection that died while the tab slept", async () => {
    const { subscription } = await subscribed(client());
    server.latest.pushFrames(1);
    server.answers.set("Ping", () => new Promise(() => undefined));
    server.wake();
    await server.clock.advance(5_500);
    expect(server.connections).toHaveLength(2);
    expect(server.latest.callsOf("Subscribe")[0]).toMatchObject({ from: { epoch: "a", sequence: 1 } });
    expect(subscription.state.kind).toBe("live");
  });
});

describe("Closing", () => {
  test("ends everything, at any time", async () => {
    const made = client();
    const { subscription } = await subscribed(made);
    await made.close();
    await expect(subscription.ended).resolves.toBeUndefined();
    expect(states.at(-1)).toBe("disconnected");
    await expect(made.events.ping()).rejects.toMatchObject({ kind: "closed" });
    await expect(made.events.subscribe({}, () => undefined)).rejects.toMatchObject({ kind: "closed" });
    expect(server.clock.waiting).toEqual([]);
  });

  test("ends a wait for the next attempt", async () => {
    server.refusals.push("unreachable");
    const made = client();
    const connecting = made.events.connect();
    await settle();
    await made.close();
    await expect(connecting).rejects.toMatchObject({ kind: "closed" });
    expect(server.clock.waiting).toEqual([]);
  });

  test("may be done by a handler", async () => {
    const made = client();
    await made.events.subscribe({}, () => made.close());
    server.latest.pushFrames(1, 2);
    await settle();
    expect(states.at(-1)).toBe("disconnected");
  });
});
