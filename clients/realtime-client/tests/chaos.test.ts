import { describe, expect, test } from "vitest";
import { connect } from "../src/index.js";
import { messagePack } from "../src/messagepack.js";
import { securityEvent } from "./events.js";
import { ServerProcess } from "./server-process.js";
import { UnsteadyProxy } from "./unsteady-proxy.js";
import { Watch } from "./waiting.js";
import { openChecked, schemaErrors } from "./wire-schema.js";

const cuts = 25;
const events = 4_000;

// The same cuts in every run: a seed, so that a failure can be had again.
function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

describe.each(["json", "messagepack"])("Chaos over %s", (protocol) => {
  test("through cut connections and a killed server every event arrives once, and none is missing", async () => {
    await using server = await ServerProcess.start();
    await using proxy = await UnsteadyProxy.start(server.port);
    const direct = connect({ url: server.url, credential: "dev-key" });
    await using client = connect({
      url: proxy.url,
      credential: "dev-key",
      openConnection: openChecked,
      backoffBaseMs: 5,
      backoffCapMs: 50,
      random: random(1),
      ...(protocol === "messagepack" && { protocol: messagePack() }),
    });
    const watch = new Watch();
    const seen = new Map<string, number>();
    let breaks = 0;
    const publishSome = async (prefix: string, count: number, whileAt: (share: number) => void) => {
      for (let at = 0; at < count; at += 20) {
        await direct.channels.publishBatch("events", Array.from({ length: 20 }, (_, i) => securityEvent(`${prefix}${String(at + i)}`)));
        whileAt(at / count);
      }
    };
    const cutAt = random(protocol.length);
    const cutSometimes = () => {
      if (cutAt() < (cuts * 20) / events) {
        breaks++;
        proxy.cut();
      }
    };
    const subscription = await client.events.subscribe({ patterns: ["event"] }, (frame) => {
      seen.set(frame.eventId, (seen.get(frame.eventId) ?? 0) + 1);
      watch.changed();
    });
    subscription.on("position", watch.changed);

    await publishSome("first-", events, cutSometimes);
    await watch.until(() => seen.size === events, `${String(events)} events`);
    await server.stop();
    await server.start();
    await publishSome("second-", events, cutSometimes);
    await watch.until(() => seen.size === 2 * events, `${String(2 * events)} events`);
    const coverage = subscription.coverage();
    await watch.until(() => coverage.totals().pending === 0, "the books to close");

    expect(breaks).toBeGreaterThan(cuts);
    expect([...seen.values()].filter((times) => times !== 1)).toEqual([]);
    expect(schemaErrors.splice(0)).toEqual([]);
    expect(coverage.ranges("missing")).toEqual([]);
    expect(coverage.totals()).toMatchObject({ received: 2 * events, missing: 0, lost: {}, epochChanges: 1 });
  }, 120_000);
});
