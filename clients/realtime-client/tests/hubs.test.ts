import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { ClimateClient } from "../src/climate.js";
import { connect, toFloat32Array, type FrameEnvelope, type SimulationState } from "../src/index.js";
import { messagePack } from "../src/messagepack.js";
import { SimulationClient } from "../src/simulation.js";
import { WorkspaceClient } from "../src/workspace.js";
import { ServerProcess } from "./server-process.js";
import { Watch } from "./waiting.js";
import { messagesChecked, openChecked, schemaErrors } from "./wire-schema.js";

const box = [-98, 38, -96.5, 39];
let server: ServerProcess;

beforeAll(async () => {
  server = await ServerProcess.start();
});

afterAll(async () => {
  expect(messagesChecked()).toBeGreaterThan(20);
  await server.stop();
});

describe.each(["json", "messagepack"])("Over %s", (protocol) => {
  const clients: { close(): Promise<void> }[] = [];

  function client() {
    const hubs = { climate: ClimateClient, simulation: SimulationClient, workspace: WorkspaceClient };
    const made = connect({ url: server.url, credential: "dev-key", openConnection: openChecked, hubs, ...(protocol === "messagepack" && { protocol: messagePack() }) });
    clients.push(made);
    return made;
  }

  afterEach(async () => {
    await Promise.all(clients.splice(0).map((c) => c.close()));
    expect(schemaErrors.splice(0)).toEqual([]);
  });

  test("a field, a driver and an explanation come with their numbers, and a field is verified", async () => {
    const made = client();
    for await (const frame of made.climate.streamFields({ variables: ["t2m"], domain: { bbox: box } })) {
      const { grid, data } = frame.payload;
      const values = toFloat32Array(frame.blocks!.t2m!);
      expect(values).toHaveLength(grid.rows * grid.columns);
      const there = [...values].filter((v) => !Number.isNaN(v));
      expect(there.length).toBe(values.length - data.t2m!.missing);
      expect(Math.max(...there)).toBeCloseTo(data.t2m!.max!, 1);
      expect(frame.care!.masking).not.toBe("");
      expect(await made.climate.verify({ activity: frame.prov!.activity })).toMatchObject({ matches: true, expected: frame.checksums!.multihash });
      break;
    }
    for await (const frame of made.climate.streamDrivers({ drivers: ["cape"], domain: { bbox: box } })) {
      expect(frame.payload.data.cape!.units).toBe("J kg-1");
      break;
    }
    for await (const { payload } of made.climate.streamXai({ variable: "t2m", method: "shap", domain: { point: [-97.5, 38.5] } })) {
      const { contributions, base_value, prediction } = payload.attribution;
      expect(contributions.reduce((a, b) => a + b, base_value)).toBeCloseTo(prediction!, 1);
      expect(payload["kfm:model_version"]).not.toBe("");
      break;
    }
  });

  test("the tiles of a viewport come and go with it, and only what changed comes again after a reconnect", async () => {
    const made = client();
    const watch = new Watch();
    const seen: string[] = [];
    const states: string[] = [];
    made.climate.on("state", ({ kind }) => {
      states.push(kind);
      watch.changed();
    });
    await using viewport = made.climate.trackTiles({ variable: "orog" }, {
      frame: (frame) => {
        seen.push(frame.payload.recipe.tile!);
        watch.changed();
      },
    });

    const refused = await viewport.show(["6/14/24", "6/15/24", "6/1/1"]);
    await watch.until(() => seen.length === 2, "two tiles");

    expect([...refused.keys()]).toEqual(["6/1/1"]);
    expect(refused.get("6/1/1")).toMatchObject({ code: "INVALID_REQUEST" });
    expect(seen.sort()).toEqual(["6/14/24", "6/15/24"]);
    expect(viewport.tiles).toEqual(["6/14/24", "6/15/24"]);

    made.climate.cut();
    await watch.until(() => states.filter((kind) => kind === "connected").length === 2, "the connection to come back");
    const gone = viewport.subscription("6/15/24")!;
    expect(await viewport.show(["6/14/24", "7/28/49"])).toEqual(new Map());
    await watch.until(() => seen.includes("7/28/49"), "the tile that came into view");

    expect(seen).toEqual(["6/14/24", "6/15/24", "7/28/49"]);
    expect(gone.state.kind).toBe("closed");
    expect(made.climate.subscriptions.map((subscription) => subscription.id.replace(/^[^/]+\//, ""))).toEqual(["6/14/24", "7/28/49"]);
    expect(viewport.subscription("6/14/24")!.coverage().totals()).toMatchObject({ received: 1, missing: 0 });
  });

  test("a run is started, joined, stepped and steered, and ends", async () => {
    const made = client();
    const run = await made.simulation.startRun({ seed: 7, grid_size: 32, steps: 40, steps_per_second: 100, start_paused: true });
    const types: string[] = [];
    const watch = new Watch();
    let last: FrameEnvelope<SimulationState> | undefined;
    const reading = (async () => {
      for await (const frame of made.simulation.joinRun({ run_id: run.run_id, start: "history", include_full_state: true, encoding: "uint8" })) {
        types.push(frame.type);
        if (frame.type === "simulation_state") {
          last = frame as FrameEnvelope<SimulationState>;
        }
        watch.changed();
      }
    })();
    expect(await made.simulation.stepRun({ run_id: run.run_id, steps: 3 })).toMatchObject({ step: 3, state: "paused" });
    await watch.until(() => last?.payload.step === 3, "the third step");
    expect(toFloat32Array(last!.blocks!.field!)).toHaveLength(32 * 32);
    await made.simulation.steerRun({ run_id: run.run_id, alpha: 0.1 });
    await made.simulation.resumeRun({ run_id: run.run_id });
    await reading;
    expect(types).toContain("simulation_steered");
    expect(types.at(-1)).toBe("simulation_complete");
    expect(await made.simulation.listRuns({ run_id: run.run_id })).toMatchObject([{ state: "completed", recipe: { events: [{ step: 3 }] } }]);
  });

  test("features are streamed from a run that all share", async () => {
    const seen: number[] = [];
    for await (const frame of client().simulation.streamFeatures({ seed: 11, grid_size: 16, steps: 5, steps_per_second: 50, update_interval_ms: 10 })) {
      if (frame.type === "feature_update") {
        seen.push((frame.payload as { features: Record<string, number> }).features.pot_mean_mV!);
      }
    }
    expect(seen.length).toBeGreaterThan(0);
    expect(seen.every((mean) => mean < 40 && mean > -95)).toBe(true);
  });

  test("people in a workspace see each other and what is published", async () => {
    const watch = new Watch();
    const channel = "team:development";
    const [first, second] = [client(), client()];
    const counts: number[] = [];
    const seen: string[] = [];
    await first.workspace.subscribe({ channel, metadata: { at: "desk" } }, {
      frame: (frame) => {
        seen.push(frame.type);
        watch.changed();
      },
      presence: ({ count, members }) => {
        counts.push(count);
        seen.push(members![0]!.connections[0]!.metadata!.at!);
        watch.changed();
      },
    });
    await watch.until(() => counts.length > 0, "who is there");
    const there = await second.workspace.presence(channel);
    expect(there.members!.map((member) => member.connections.length)).toEqual([1]);
    expect((await second.workspace.publish({ channel, event: { type: "task_completed", payload: { taskId: "1", result: "done" } } })).error).toBeUndefined();
    await watch.until(() => seen.includes("task_completed"), "the event");
    expect(counts).toEqual([1]);
    expect(seen).toEqual(["desk", "task_completed"]);
  });
});
