import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { connect } from "../client.js";
import { frame, ScriptedServer, settle } from "../testing/scripted-server.js";
import type { Subscription } from "./subscription.js";

// The same files are run by the .NET client's tests; their README says what each step means.
const folder = new URL("../../../../tests/vectors/scenarios/", import.meta.url);

interface Step {
  readonly frames?: readonly number[];
  readonly epoch?: string;
  readonly requires_ack?: boolean;
  readonly push?: string;
  readonly argument?: unknown;
  readonly heartbeat?: number;
  readonly grant?: Record<string, unknown>;
  readonly drop?: true;
  readonly ack?: number;
  readonly subscribes?: Record<string, unknown>;
  readonly resyncs?: unknown;
  readonly acknowledges?: readonly number[];
  readonly shows?: readonly string[];
  readonly ends?: true;
}

interface Scenario {
  readonly about: string;
  readonly subscribe: { readonly events?: readonly string[] };
  readonly steps: readonly Step[];
  readonly expect: {
    readonly accounted_up_to: unknown;
    readonly received: number;
    readonly duplicates: number;
    readonly skipped: Record<string, number>;
    readonly lost: Record<string, number>;
    readonly missing: number;
    readonly epoch_changes: number;
  };
}

async function run(scenario: Scenario): Promise<void> {
  const server = new ScriptedServer();
  server.jitter = 0;
  let granted: Record<string, unknown> | undefined;
  const calls: { method: string; argument: Readonly<Record<string, unknown>> }[] = [];
  const next = (method: string): Readonly<Record<string, unknown>> => {
    const index = calls.findIndex((call) => call.method === method);
    expect(index, `a call of ${method}`).toBeGreaterThanOrEqual(0);
    return calls.splice(0, index + 1).at(-1)!.argument;
  };
  server.answers.set("Subscribe", (request, connection) => {
    calls.push({ method: "Subscribe", argument: request });
    const more = { epoch: "epoch-one", ...(request.from as object | undefined), ...granted };
    granted = undefined;
    return connection.accept(request, more);
  });
  for (const method of ["Resync", "Ack"]) {
    const answer = server.answers.get(method)!;
    server.answers.set(method, (request, connection) => {
      calls.push({ method, argument: request });
      return answer(request, connection);
    });
  }

  const seen: string[] = [];
  const client = connect(server.options());
  const { events, ...request } = scenario.subscribe;
  const subscription: Subscription = await client.events.subscribe({ ...request, ...(events && { patterns: events }) }, {
    subscribed: (s) => seen.push(`subscribed ${s.reason ?? ""}`.trimEnd()),
    frame: (f) => seen.push(`frame ${String(f.sequence)}`),
    gap: (g) => seen.push(`gap ${String(g.from)}-${String(g.to)} ${g.reason}`),
    skipped: (s) => seen.push(`skipped ${String(s.from)}-${String(s.to)} ${s.reason}`),
    degraded: (d) => seen.push(`degraded ${d.policy}`),
    closed: (error) => seen.push(error ? `error ${error.code}` : "end"),
  });

  for (const step of scenario.steps) {
    const epoch = step.epoch ?? "epoch-one";
    const to = server.latest;
    for (const sequence of step.frames ?? []) {
      to.push("Event", frame(sequence, { epoch, requires_ack: step.requires_ack ?? false }));
    }
    if (step.push !== undefined) {
      to.push(step.push, step.argument);
    }
    if (step.heartbeat !== undefined) {
      const position = { id: subscription.id, channel: "events", epoch, sequence: step.heartbeat, newest: step.heartbeat };
      to.push("Heartbeat", { timestamp: "1970-01-01T00:00:00.000Z", interval_seconds: 30, positions: [position] });
    }
    granted = step.grant ?? granted;
    if (step.drop) {
      to.drop();
      await server.clock.advance(0);
    }
    if (step.ack !== undefined) {
      await subscription.ack(frame(step.ack, { epoch, requires_ack: true }));
    }
    await settle();
    if (step.subscribes) {
      const request = next("Subscribe");
      for (const [name, value] of Object.entries(step.subscribes)) {
        expect(request[name] ?? null, name).toEqual(value);
      }
    }
    if (step.acknowledges) {
      expect(next("Ack").sequences).toEqual(step.acknowledges);
    }
    if (step.resyncs !== undefined) {
      expect(next("Resync").from).toEqual(step.resyncs);
    }
    if (step.shows) {
      expect(seen.splice(0)).toEqual(step.shows);
    }
    if (step.ends) {
      await subscription.ended;
    }
  }

  const { epochChanges, ...totals } = subscription.coverage().totals();
  const { accounted_up_to, epoch_changes, ...expected } = scenario.expect;
  expect(subscription.position).toEqual(accounted_up_to);
  expect(totals).toMatchObject({ ...expected, lost: expected.lost, skipped: expected.skipped });
  expect(epochChanges).toBe(epoch_changes);
  await client.close();
}

describe("Scenarios that both clients run", () => {
  for (const file of readdirSync(folder).filter((name) => name.endsWith(".json"))) {
    const scenario = JSON.parse(readFileSync(new URL(file, folder), "utf8")) as Scenario;
    test(`${file}: ${scenario.about}`, () => run(scenario));
  }
});
