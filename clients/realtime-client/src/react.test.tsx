// @vitest-environment happy-dom
import { act, createElement, StrictMode, type ReactNode } from "react";
import { createRoot, type Root } from "react-dom/client";
import { afterEach, beforeEach, expect, test } from "vitest";
import { connect, type RealtimeClient } from "./client.js";
import { useSubscription } from "./react.js";
import { ScriptedServer, settle } from "./testing/scripted-server.js";

(globalThis as { IS_REACT_ACT_ENVIRONMENT?: boolean }).IS_REACT_ACT_ENVIRONMENT = true;

let server: ScriptedServer;
let client: RealtimeClient;
let root: Root;
let host: HTMLElement;

beforeEach(() => {
  server = new ScriptedServer();
  client = connect(server.options());
  host = document.createElement("div");
  root = createRoot(host);
});

afterEach(() => {
  act(() => root.unmount());
});

function Seen({ pattern, onFrame }: { pattern: string; onFrame: (sequence: number) => void }): ReactNode {
  const view = useSubscription(
    (handler, options) => client.events.subscribe({ patterns: [pattern] }, handler, options),
    (frame) => onFrame(frame.sequence),
    [pattern],
  );
  return createElement("p", null, view.kind === "failed" ? view.error.message : view.kind);
}

async function render(node: ReactNode): Promise<void> {
  await act(async () => {
    root.render(node);
    await settle();
    await settle();
  });
}

test("useSubscription subscribes while mounted, with the handler of the last render", async () => {
  const seen: string[] = [];
  await render(createElement(Seen, { pattern: "*", onFrame: (s) => seen.push(`first ${String(s)}`) }));
  expect(host.textContent).toBe("started");
  server.latest.pushFrames(1);
  await render(createElement(Seen, { pattern: "*", onFrame: (s) => seen.push(`second ${String(s)}`) }));
  server.latest.pushFrames(2);
  expect(seen).toEqual(["first 1", "second 2"]);
  expect(server.latest.callsOf("Subscribe")).toHaveLength(1);
  await act(async () => {
    root.render(null);
    await settle();
  });
  expect(client.events.subscriptions).toEqual([]);
});

test("useSubscription subscribes anew when a dependency changes", async () => {
  await render(createElement(Seen, { pattern: "alert.*", onFrame: () => undefined }));
  await render(createElement(Seen, { pattern: "camera.*", onFrame: () => undefined }));
  const live = client.events.subscriptions.map((s) => s.state.kind);
  const patterns = server.connections.flatMap((c) => c.callsOf("Subscribe")).map((r) => r.events);
  expect(live).toEqual(["live"]);
  expect(patterns).toEqual([["alert.*"], ["camera.*"]]);
});

test("useSubscription leaves one subscription in strict mode", async () => {
  await render(createElement(StrictMode, null, createElement(Seen, { pattern: "*", onFrame: () => undefined })));
  expect(client.events.subscriptions).toHaveLength(1);
  expect(host.textContent).toBe("started");
});

test("useSubscription shows a refusal and an end", async () => {
  await render(createElement(Seen, { pattern: "*", onFrame: () => undefined }));
  await act(async () => {
    server.latest.push("Unsubscribed", { id: "events", channel: "events", epoch: "a", sequence: 0, reason: "completed" });
    await settle();
  });
  expect(host.textContent).toBe("ended");
  server.answers.set("Subscribe", () => ({ error: { code: "FORBIDDEN", message: "not yours", retryable: false } }));
  await render(createElement(Seen, { pattern: "alert.*", onFrame: () => undefined }));
  expect(host.textContent).toBe("not yours");
});
