import { describe, expect, test } from "vitest";
import fc from "fast-check";
import { frame, subscribed } from "../testing/scripted-server.js";
import { SimulatedChannel, type Step } from "../testing/simulated-channel.js";
import { Coverage } from "./coverage.js";
import { EpochLedger } from "./epoch-ledger.js";

const skipped = (from: number, to: number, count: number, reason = "filtered") => ({ channel: "events", epoch: "a", from, to, count, reason }) as never;

function started(sequence = 0): Coverage {
  const coverage = new Coverage();
  coverage.bookSubscribed(subscribed({ sequence }));
  return coverage;
}

function receive(coverage: Coverage, ...sequences: number[]): void {
  for (const sequence of sequences) {
    coverage.bookFrame(frame(sequence));
  }
}

describe("Coverage", () => {
  test("counts a frame once", () => {
    const coverage = started();
    expect([coverage.bookFrame(frame(1)), coverage.bookFrame(frame(1))]).toEqual([true, false]);
    expect(coverage.totals()).toMatchObject({ received: 1, duplicates: 1 });
  });

  test("books what did not come as conflated once it is superseded", () => {
    const coverage = started();
    receive(coverage, 1, 3);
    coverage.bookSubscribed(subscribed({ sequence: 5, recovered: false }), true);
    coverage.confirm("a", 5, 5);
    expect(coverage.accountedUpTo).toEqual({ epoch: "a", sequence: 5 });
    expect(coverage.totals()).toMatchObject({ received: 2, skipped: { conflated: 3 }, missing: 0 });
  });

  test("is accounted up to a hole that nobody explained", () => {
    const coverage = started();
    receive(coverage, 1, 2, 4);
    expect(coverage.accountedUpTo).toEqual({ epoch: "a", sequence: 2 });
    expect(coverage.stateOf(3)).toBe("pending");
  });

  test("passes a late skip", () => {
    const coverage = started();
    receive(coverage, 1, 4);
    coverage.bookSkipped(skipped(2, 3, 2));
    expect(coverage.accountedUpTo?.sequence).toBe(4);
    expect(coverage.stateOf(3)).toBe("skipped");
    expect(coverage.ranges("skipped")).toEqual([{ from: 2, to: 3 }]);
  });

  test("waits for the second of two overlapping skips", () => {
    const coverage = started();
    receive(coverage, 1, 5);
    coverage.bookSkipped(skipped(2, 4, 2));
    expect(coverage.accountedUpTo?.sequence).toBe(1);
    coverage.bookSkipped(skipped(3, 3, 1, "conflated"));
    expect(coverage.accountedUpTo?.sequence).toBe(5);
    expect(coverage.totals().skipped).toEqual({ filtered: 2, conflated: 1 });
  });

  test("finds an unexplained hole missing once the server says that it has told all", () => {
    const coverage = started();
    receive(coverage, 1, 3);
    coverage.confirm("a", 3, 3);
    expect(coverage.ranges("missing")).toEqual([{ from: 2, to: 2 }]);
    expect(coverage.isComplete).toBe(false);
  });

  test("finds a skip that explains too little", () => {
    const coverage = started();
    receive(coverage, 5);
    coverage.bookSkipped(skipped(1, 4, 3));
    coverage.confirm("a", 5, 5);
    expect(coverage.totals().missing).toBe(1);
  });

  test("takes a lost frame that comes after all", () => {
    const coverage = started();
    coverage.bookGap({ channel: "events", epoch: "a", from: 1, to: 3, count: 3, reason: "expired" });
    receive(coverage, 2);
    expect(coverage.totals()).toMatchObject({ received: 1, lost: { expired: 2 } });
    expect(coverage.ranges("lost")).toEqual([{ from: 1, to: 1 }, { from: 3, to: 3 }]);
  });

  test("starts new books with a new epoch and keeps the totals of the old one", () => {
    const coverage = started();
    receive(coverage, 1, 2);
    coverage.bookSubscribed(subscribed({ epoch: "b", sequence: 7, reason: "epoch_changed" }));
    coverage.bookFrame(frame(8, { epoch: "b" }));
    coverage.bookFrame(frame(3));
    expect(coverage.accountedUpTo).toEqual({ epoch: "b", sequence: 8 });
    expect(coverage.totals()).toMatchObject({ received: 3, epochChanges: 1 });
  });

  test("lets reused offsets in again after a future position", () => {
    const coverage = started();
    receive(coverage, 1, 2, 3);
    coverage.bookSubscribed(subscribed({ sequence: 1, reason: "future" }));
    expect(coverage.bookFrame(frame(2))).toBe(true);
  });

  test("counts the offsets before a start ahead as lost when a reason is given", () => {
    const coverage = started();
    receive(coverage, 1);
    coverage.bookSubscribed(subscribed({ sequence: 5, reason: "policy_changed" }));
    expect(coverage.totals().lost).toEqual({ policy_changed: 4 });
    expect(coverage.accountedUpTo?.sequence).toBe(5);
  });

  test("folds old ranges and still knows them", () => {
    const ledger = new EpochLedger("a", 0, 8);
    for (let offset = 1; offset <= 99; offset += 2) {
      ledger.receive(offset);
      ledger.skip(offset + 1, offset + 1, 1, "filtered");
    }
    expect(ledger.ranges("received").length).toBeLessThanOrEqual(8);
    expect(ledger.totals().received).toBe(50);
    expect(ledger.accountedUpTo).toBe(100);
    expect(ledger.stateOf(1)).toBe("folded");
    expect(ledger.receive(1)).toBe(false);
  });
});

const step = (weight: number, value: Step) => ({ weight, arbitrary: fc.constant(value) });
const honest = [
  step(8, "deliver"), step(3, "filter"), step(2, "conflate"), step(1, "lose"), step(1, "announce"), step(1, "announce filtered"),
  step(1, "announce conflated"), step(1, "restate"), step(1, "heartbeat"),
];

function run(steps: readonly Step[], afterEach: (channel: SimulatedChannel) => void = () => undefined): SimulatedChannel {
  const channel = new SimulatedChannel();
  for (const one of steps) {
    channel.take(one);
    afterEach(channel);
  }
  channel.take("heartbeat");
  return channel;
}

describe("Coverage, against a naive record of what truly happened", () => {
  const broken = fc.array(fc.oneof(...honest, step(1, "reconnect")), { maxLength: 60 });

  test("never misses anything from a server that keeps the contract, and resumes safely", () => {
    fc.assert(
      fc.property(broken, (steps) => {
        run(steps, (channel) => {
          expect(channel.coverage.totals().missing).toBe(0);
          expect(channel.offsets("received")).toEqual([...channel.received].sort((a, b) => a - b));
          expect(channel.offsets("lost")).toEqual([...channel.lost].sort((a, b) => a - b));
          const safe = channel.coverage.accountedUpTo!.sequence;
          expect(channel.withFate("deliver").filter((o) => o <= safe && !channel.received.has(o))).toEqual([]);
        });
      }),
      { numRuns: 300 },
    );
  });

  test("accounts for every offset once the server has said all", () => {
    fc.assert(
      fc.property(broken, (steps) => {
        const channel = run(steps);
        const totals = channel.coverage.totals();
        const withheld = channel.withFate("filter", "conflate");
        const sum = (counts: Readonly<Record<string, number>>) => Object.values(counts).reduce((a, b) => a + b, 0);
        expect(channel.coverage.accountedUpTo!.sequence).toBe(channel.newest);
        expect(channel.offsets("skipped")).toEqual(withheld);
        expect(sum(totals.skipped)).toBe(withheld.length);
        expect(totals.received + sum(totals.skipped) + sum(totals.lost)).toBe(channel.newest);
        expect(totals.pending).toBe(0);
      }),
      { numRuns: 300 },
    );
  });

  test("counts every frame that the server swallowed", () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(...honest, step(2, "swallow")), { maxLength: 60 }), (steps) => {
        const channel = run(steps);
        const swallowed = channel.withFate("swallow");
        expect(channel.coverage.totals().missing).toBe(swallowed.length);
        expect(channel.offsets("missing").filter((o) => !swallowed.includes(o))).toEqual([]);
      }),
      { numRuns: 300 },
    );
  });
});
