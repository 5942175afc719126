import type { Subject } from "@microsoft/signalr";
import { beforeEach, expect, test } from "vitest";
import { connect, type RealtimeClient } from "../client.js";
import { frame, ScriptedServer, settle, subscribed } from "../testing/scripted-server.js";
import type { StreamItem } from "../wire.js";

let server: ScriptedServer;
let client: RealtimeClient;

beforeEach(() => {
  server = new ScriptedServer();
  client = connect(server.options({ queueCapacity: 4 }));
});

const started = (more = {}): StreamItem => ({ kind: "subscribed", subscribed: subscribed({ channel: "job:1", ...more }) });
const line = (sequence: number, more = {}): StreamItem => ({ kind: "frame", frame: frame(sequence, { channel: "job:1", ...more }) });
const end = (sequence: number, epoch = "a"): StreamItem => ({ kind: "end", end: { epoch, sequence } });

async function* reading(from: AsyncIterable<StreamItem>): AsyncGenerator<string> {
  for await (const item of from) {
    yield item.kind === "frame" ? `frame ${String(item.frame.sequence)}` : item.kind;
  }
}

function collect(texts: AsyncIterable<unknown>): { seen: unknown[]; done: Promise<void> } {
  const seen: unknown[] = [];
  const done = (async () => {
    for await (const text of texts) {
      seen.push(text);
    }
  })();
  done.catch(() => undefined);
  return { seen, done };
}

const streams = () => server.connections.flatMap((c) => c.streams);
const asked = () => server.connections.flatMap((c) => c.callsOf("StreamLogs"));

test("A stream yields frames in order and ends with its channel", async () => {
  const logs = client.jobs.streamLogs({ job_id: "1" });
  const { seen, done } = collect(logs);
  await settle();
  streams()[0]!.send(started(), line(1), line(2), end(2));
  await done;
  expect(seen).toMatchObject([{ sequence: 1 }, { sequence: 2 }]);
  expect(logs.coverage().totals()).toMatchObject({ received: 2, missing: 0 });
  expect(streams()[0]!.isDisposed).toBe(true);
});

test("A stream yields every item, gaps in their places, to who asks for them", async () => {
  const { seen, done } = collect(reading(client.jobs.streamLogs({ job_id: "1" }).items()));
  await settle();
  const gap: StreamItem = { kind: "gap", gap: { channel: "job:1", epoch: "a", from: 1, to: 3, count: 3, reason: "expired" } };
  streams()[0]!.send(started(), gap, line(4), end(4));
  await done;
  expect(seen).toEqual(["subscribed", "gap", "frame 4", "end"]);
});

test("A stream goes on over a broken connection, each frame once", async () => {
  const { seen } = collect(reading(client.jobs.streamLogs({ job_id: "1", last: 5 }).items()));
  await settle();
  streams()[0]!.send(started(), line(1), line(2));
  await settle();
  server.latest.drop();
  await server.clock.advance(1_000);
  expect(asked()).toEqual([
    { id: "job:1", job_id: "1", last: 5 },
    { id: "job:1", job_id: "1", from: { epoch: "a", sequence: 2 } },
  ]);
  streams()[1]!.send(started({ sequence: 2, recovered: true }), line(2), line(3));
  await settle();
  expect(seen).toEqual(["subscribed", "frame 1", "frame 2", "subscribed", "frame 3"]);
});

test("A slow reader stops the server, which goes on where the reader is", async () => {
  const items = client.jobs.streamLogs({ job_id: "1" }).items()[Symbol.asyncIterator]();
  const first = items.next();
  await settle();
  streams()[0]!.send(started(), line(1), line(2), line(3), line(4), line(5));
  await first;
  expect(streams()[0]!.isDisposed).toBe(true);
  expect([(await items.next()).value, (await items.next()).value, (await items.next()).value]).toMatchObject([
    { frame: { sequence: 1 } }, { frame: { sequence: 2 } }, { frame: { sequence: 3 } },
  ]);
  const next = items.next();
  await settle();
  expect(asked()[1]).toMatchObject({ from: { epoch: "a", sequence: 3 } });
  streams()[1]!.send(started({ sequence: 3 }), line(4));
  await next;
  expect(await items.next()).toMatchObject({ value: { frame: { sequence: 4 } } });
});

test("A stream that is refused throws, and yields the error to who asks for items", async () => {
  const error = { code: "JOB_NOT_FOUND", message: "There is no job 1", retryable: true } as const;
  const frames = collect(client.jobs.streamLogs({ job_id: "1" }));
  const items = collect(client.jobs.streamLogs({ job_id: "1" }).items());
  await settle();
  for (const stream of streams()) {
    stream.send({ kind: "error", error });
  }
  await expect(frames.done).rejects.toMatchObject({ code: "JOB_NOT_FOUND" });
  await items.done;
  expect(items.seen).toEqual([{ kind: "error", error }]);
});

test("A stream that was accepted is asked for again while the server is away", async () => {
  const { seen } = collect(reading(client.jobs.streamLogs({ job_id: "1" }).items()));
  await settle();
  streams()[0]!.send(started(), line(1), { kind: "error", error: { code: "UNAVAILABLE", message: "away", retryable: true, retry_after_ms: 700 } });
  await server.clock.advance(700);
  streams()[1]!.send(started({ sequence: 1 }), line(2));
  await settle();
  expect(seen).toEqual(["subscribed", "frame 1", "subscribed", "frame 2"]);
});

test("A log that began anew is read from its first line", async () => {
  const { seen } = collect(reading(client.jobs.streamLogs({ job_id: "1" }).items()));
  await settle();
  streams()[0]!.send(started(), line(1));
  await settle();
  server.latest.drop();
  await server.clock.advance(1_000);
  streams()[1]!.send(started({ epoch: "b", sequence: 7, reason: "epoch_changed" }));
  await settle();
  expect(asked()[2]).toMatchObject({ from: { epoch: "b", sequence: 0 } });
  streams()[2]!.send(started({ epoch: "b" }), line(1, { epoch: "b" }), end(1, "b"));
  await settle();
  expect(seen).toEqual(["subscribed", "frame 1", "subscribed", "subscribed", "frame 1", "end"]);
});

test("A log that began anew is asked for from its first line until that was granted", async () => {
  collect(client.jobs.streamLogs({ job_id: "1" }));
  await settle();
  streams()[0]!.send(started(), line(1));
  await settle();
  server.latest.drop();
  await server.clock.advance(1_000);
  streams()[1]!.send(started({ epoch: "b", sequence: 7, reason: "epoch_changed" }));
  await settle();
  server.latest.drop();
  await server.clock.advance(5_000);
  expect(asked().slice(2)).toMatchObject([{ from: { epoch: "b", sequence: 0 } }, { from: { epoch: "b", sequence: 0 } }]);
});

test("Leaving the loop ends the stream, and so does the signal", async () => {
  const items = client.jobs.streamLogs({ job_id: "1" }).items();
  const first = items[Symbol.asyncIterator]();
  const next = first.next();
  await settle();
  streams()[0]!.send(started());
  await next;
  await first.return!(undefined);
  expect(streams()[0]!.isDisposed).toBe(true);

  const given = new AbortController();
  const { done } = collect(client.jobs.streamLogs({ job_id: "1" }, { signal: given.signal }));
  await settle();
  given.abort();
  await done;
  expect(streams()[1]!.isDisposed).toBe(true);
});

test("A tail pauses its subscription while its reader is behind, and loses nothing", async () => {
  const tail = client.events.tail({ patterns: ["*"] });
  const items = tail.items()[Symbol.asyncIterator]();
  const first = items.next();
  await settle();
  server.latest.pushFrames(1, 2, 3, 4, 5);
  await settle();
  expect(server.latest.callsOf("Unsubscribe")).toEqual([{ id: "events" }]);
  expect(await first).toMatchObject({ value: { kind: "subscribed" } });
  for (const sequence of [1, 2, 3, 4]) {
    expect(await items.next()).toMatchObject({ value: { frame: { sequence } } });
  }
  const next = items.next();
  await settle();
  expect(server.latest.callsOf("Subscribe").at(-1)).toMatchObject({ from: { epoch: "a", sequence: 4 } });
  expect(await next).toMatchObject({ value: { kind: "subscribed" } });
  server.latest.pushFrames(5);
  expect(await items.next()).toMatchObject({ value: { frame: { sequence: 5 } } });
  expect(tail.coverage().totals()).toMatchObject({ received: 5, missing: 0 });
  await items.return();
  expect(client.events.subscriptions).toEqual([]);
});

test("A tail ends with its channel, and throws a refusal", async () => {
  const { seen, done } = collect(client.system.tail());
  await settle();
  server.latest.push("Status", frame(1));
  server.latest.push("Unsubscribed", { id: "system", channel: "events", epoch: "a", sequence: 1, reason: "completed" });
  await done;
  expect(seen).toHaveLength(1);
  server.answers.set("Subscribe", () => ({ error: { code: "FORBIDDEN", message: "no", retryable: false } }));
  await expect(collect(client.system.tail()).done).rejects.toMatchObject({ code: "FORBIDDEN" });
});

test("An upload stops at the server's answer", async () => {
  const sent: unknown[] = [];
  server.answers.set("PublishStream", () => new Promise(() => undefined));
  await client.jobs.connect();
  let answer!: (value: unknown) => void;
  server.latest.invoke = (_method: string, ...args: unknown[]) => {
    (args[1] as Subject<unknown>).subscribe({ next: (e) => sent.push(e), complete: () => undefined, error: () => undefined });
    return new Promise((resolve) => {
      answer = resolve;
    });
  };
  async function* events() {
    yield { type: "job.log" };
    answer({ count: 1, duplicate: false, error: { code: "JOB_FINISHED", message: "ended", retryable: false } });
    await settle();
    yield { type: "job.log" };
  }
  const result = await client.jobs.publishStream("job:1", events());
  await settle();
  expect(result.error?.code).toBe("JOB_FINISHED");
  expect(sent).toHaveLength(1);
});
