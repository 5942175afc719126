import { beforeEach, describe, expect, test } from "vitest";
import { connect } from "../client.js";
import { frame, ScriptedServer, settle, subscribed } from "../testing/scripted-server.js";
import { ClimateClient } from "./climate-client.js";
import { SimulationClient } from "./simulation-client.js";
import { WorkspaceClient } from "./workspace-client.js";

let server: ScriptedServer;

beforeEach(() => {
  server = new ScriptedServer();
});

function open() {
  return connect({ ...server.options({ fetch: answered }), hubs: { climate: ClimateClient, simulation: SimulationClient, workspace: WorkspaceClient } });
}

const asked: { url: string; body: unknown }[] = [];
const answered: typeof fetch = (url, init) => {
  asked.push({ url: url as string, body: JSON.parse(init?.body as string) });
  return Promise.resolve(Response.json({ matches: true }));
};

test("A client has the hubs that it was given, beside its own", async () => {
  const client = open();
  expect(client.hubs.map((hub) => hub.name)).toEqual(["events", "jobs", "system", "climate", "simulation", "workspace"]);
  expect(connect(server.options()).hubs.map((hub) => hub.name)).toEqual(["events", "jobs", "system"]);
  const states: string[] = [];
  client.on("connected", ({ hub }) => states.push(hub));
  await client.simulation.connect();
  expect(states).toEqual(["simulation"]);
  await client.close();
  expect(server.latest.isOpen).toBe(false);
});

describe("Climate", () => {
  test("many subscriptions share the connection, each with an id of its own", async () => {
    const client = open();
    server.answers.set("Subscribe", (request, connection) => connection.accept(request, { channel: `climate-fields:${String(request.id)}` }));
    server.answers.set("SubscribeDrivers", (request, connection) => connection.accept(request, { channel: "climate-drivers:x" }));
    const seen: string[] = [];
    await client.climate.subscribe({ variables: ["t2m"] }, () => seen.push("t2m"));
    await client.climate.subscribe({ variables: ["u10", "v10"] }, () => seen.push("wind"));
    await client.climate.subscribeDrivers({ drivers: ["cape"] }, () => seen.push("cape"));
    expect(server.connections).toHaveLength(1);
    expect(server.latest.callsOf("Subscribe").map((r) => r.id)).toEqual(["climate-1", "climate-2"]);
    server.latest.push("Data", frame(1, { channel: "climate-fields:climate-2" }));
    server.latest.push("Data", frame(1, { channel: "climate-drivers:x" }));
    expect(seen).toEqual(["wind", "cape"]);
  });

  test("a stream goes over to a coarser channel and back with its books in order", async () => {
    const client = open();
    const stream = client.climate.streamFields({ variables: ["t2m"], id: "map" });
    const seen: string[] = [];
    const reading = (async () => {
      for await (const item of stream.items()) {
        seen.push(item.kind === "frame" ? `${item.frame.channel} ${String(item.frame.sequence)}` : item.kind);
      }
    })();
    await settle();
    expect(server.latest.calls).toContainEqual({ method: "StreamFields", argument: { variables: ["t2m"], id: "map" } });
    server.latest.streams[0]!.send(
      { kind: "subscribed", subscribed: subscribed({ id: "map", channel: "fine" }) },
      { kind: "frame", frame: frame(1, { channel: "fine" }) },
      { kind: "subscribed", subscribed: subscribed({ id: "map", channel: "coarse", epoch: "b", sequence: 7 }) },
      { kind: "frame", frame: frame(8, { channel: "coarse", epoch: "b" }) },
      { kind: "restored", restored: { channel: "coarse", sequence: 8, from: "coarse", to: "fine" } },
      { kind: "subscribed", subscribed: subscribed({ id: "map", channel: "fine", sequence: 4 }) },
      { kind: "frame", frame: frame(5, { channel: "fine" }) },
      { kind: "end", end: { epoch: "a", sequence: 5 } },
    );
    await reading;
    expect(seen).toEqual(["subscribed", "fine 1", "subscribed", "coarse 8", "restored", "subscribed", "fine 5", "end"]);
    expect(stream.coverage().totals()).toMatchObject({ received: 3, missing: 0 });
  });

  test("verifies over HTTP, and throws what a story is refused with", async () => {
    const client = open();
    expect(await client.climate.verify({ activity: "urn:a" })).toEqual({ matches: true });
    expect(asked.at(-1)).toEqual({ url: "http://scripted.test/api/v1/climate/verify", body: { activity: "urn:a" } });
    server.answers.set("GetStoryNode", () => ({ error: { code: "CARE_POLICY_VIOLATION", message: "protected", retryable: false } }));
    await expect(client.climate.storyNode({})).rejects.toMatchObject({ code: "CARE_POLICY_VIOLATION" });
  });
});

describe("Simulation", () => {
  test("answers with the run, or throws the refusal", async () => {
    const client = open();
    server.answers.set("StartRun", () => ({ run: { run_id: "r1" } }));
    server.answers.set("SteerRun", () => ({ error: { code: "RUN_FINISHED", message: "over", retryable: false } }));
    server.answers.set("ListRuns", () => ({ runs: [{ run_id: "r1" }] }));
    expect(await client.simulation.startRun({ seed: 7 })).toEqual({ run_id: "r1" });
    await expect(client.simulation.steerRun({ run_id: "r1", alpha: 0.1 })).rejects.toMatchObject({ code: "RUN_FINISHED" });
    expect(await client.simulation.listRuns()).toEqual([{ run_id: "r1" }]);
    expect(server.latest.callsOf("SteerRun")).toEqual([{ run_id: "r1", alpha: 0.1 }]);
  });

  test("a run that is joined goes on from its position over a reconnect", async () => {
    const client = open();
    const seen: number[] = [];
    const reading = (async () => {
      for await (const f of client.simulation.joinRun({ run_id: "r1", start: "history" })) {
        seen.push(f.sequence);
      }
    })();
    await settle();
    server.latest.streams[0]!.send({ kind: "subscribed", subscribed: subscribed({ channel: "simulation:r1" }) }, { kind: "frame", frame: frame(1) });
    await settle();
    server.latest.drop();
    await server.clock.advance(30_000);
    expect(server.connections).toHaveLength(2);
    expect(server.latest.callsOf("JoinRun")[0]).toMatchObject({ run_id: "r1", from: { epoch: "a", sequence: 1 } });
    server.latest.streams[0]!.send(
      { kind: "subscribed", subscribed: subscribed({ channel: "simulation:r1", sequence: 1, recovered: true }) },
      { kind: "frame", frame: frame(2) },
      { kind: "end", end: { epoch: "a", sequence: 2 } },
    );
    await reading;
    expect(seen).toEqual([1, 2]);
  });
});

describe("Workspace", () => {
  test("presence comes to the subscription of its channel, and is not taken for a frame", async () => {
    const client = open();
    server.answers.set("Subscribe", (request, connection) => connection.accept(request, { channel: String(request.channel) }));
    const seen: string[] = [];
    await client.workspace.subscribe({ channel: "spec:1" }, {
      frame: (f) => seen.push(`frame ${String(f.sequence)}`),
      presence: (p) => seen.push(`${String(p.count)} there`),
      presenceChanged: (p) => seen.push(`now ${String(p.count)}`),
    });
    server.latest.push("PresenceState", { channel: "spec:1", count: 1 });
    server.latest.push("PresenceDiff", { channel: "spec:1", count: 2 });
    server.latest.push("PresenceDiff", { channel: "spec:2", count: 9 });
    server.latest.push("Workspace", frame(1, { channel: "spec:1" }));
    expect(seen).toEqual(["1 there", "now 2", "frame 1"]);
  });
});
