import type { Coverage, HubClient } from "@realtimehub/client";
import { messagePack } from "@realtimehub/client/messagepack";
import { useEffect, useState, type ReactNode } from "react";
import { bytes, count } from "../ui/format.js";
import { useLive } from "../ui/live-store.js";
import { useClient } from "./client-context.js";
import { openStreams } from "./open-streams.js";
import type { ConnectionWatch, Encoding } from "./connection-watch.js";

/** Everything that is known of the connections, and buttons to disturb them, so that recovery can be watched. */
export function Inspector({ watch, onClose }: { readonly watch: ConnectionWatch; readonly onClose: () => void }): ReactNode {
  const client = useClient();
  const [encoding, setEncoding] = useState(watch.encoding);
  useLive(watch.store);
  useTick(1_000);
  useEffect(() => {
    const leave = (event: KeyboardEvent): void => {
      if (event.key === "Escape") {
        onClose();
      }
    };
    addEventListener("keydown", leave);
    return () => {
      removeEventListener("keydown", leave);
    };
  }, [onClose]);

  const choose = (next: Encoding): void => {
    watch.encoding = next;
    setEncoding(next);
    client.switchProtocol(next === "messagepack" ? messagePack() : undefined);
  };
  return (
    <aside className="inspector" aria-label="Connection inspector">
      <header>
        <h2>Connections</h2>
        <button onClick={onClose} aria-label="Close the connection inspector">
          ✕
        </button>
      </header>
      <div className="actions">
        <button onClick={() => client.hubs.forEach((hub) => hub.cut())}>Cut the connections</button>
        <fieldset>
          <legend>Encoding</legend>
          {(["json", "messagepack"] as const).map((name) => (
            <label key={name}>
              <input type="radio" name="encoding" checked={encoding === name} onChange={() => choose(name)} />
              {name === "json" ? "JSON" : "MessagePack"}
            </label>
          ))}
        </fieldset>
      </div>
      {client.hubs.map((hub) => (
        <HubCard key={hub.name} hub={hub} latencyMs={watch.latencyMs.get(hub.name)} />
      ))}
      <section aria-label="What happened">
        <h3>What happened</h3>
        <ol className="notes">
          {watch.notes
            .toArray()
            .reverse()
            .slice(0, 40)
            .map((note, index) => (
              <li key={`${note.at} ${index}`}>
                <time>{new Date(note.at).toLocaleTimeString(undefined, { hour12: false })}</time> <b>{note.hub}</b> {note.text}
              </li>
            ))}
        </ol>
      </section>
    </aside>
  );
}

function HubCard({ hub, latencyMs }: { readonly hub: HubClient; readonly latencyMs: number | undefined }): ReactNode {
  const { facts, state } = hub;
  return (
    <section className="hub" aria-label={`Connection to ${hub.name}`} data-hub={hub.name} data-state={state.kind}>
      <h3>
        <i className={`lamp ${state.kind}`} aria-hidden /> {hub.name} <small>{state.kind}</small>
      </h3>
      {facts && (
        <dl className="facts">
          <Fact name="Transport" value={facts.transport ?? "—"} />
          <Fact name="Encoding" value={facts.protocol} />
          <Fact name="Latency" value={latencyMs === undefined ? "—" : `${latencyMs.toFixed(1)} ms`} />
          <Fact name="Received" value={bytes(facts.bytesReceived)} />
          <Fact name="Sent" value={bytes(facts.bytesSent)} />
        </dl>
      )}
      {hub.subscriptions.map((subscription) => (
        <Books key={subscription.id} name={subscription.channel ?? subscription.id} state={subscription.state.kind} coverage={subscription.coverage()} lag={subscription.lag} />
      ))}
      {openStreams(hub.name).map(({ label, coverage }, index) => (
        <Books key={`${label} ${index}`} name={label} state="stream" coverage={coverage} lag={undefined} />
      ))}
    </section>
  );
}

interface BooksProps {
  readonly name: string;
  readonly state: string;
  readonly coverage: Coverage;
  /** Undefined of a stream: the server sends when it is asked. */
  readonly lag: number | undefined;
}

// Where a subscription or a stream stands, and what became of every offset.
function Books({ name, state, coverage, lag }: BooksProps): ReactNode {
  const totals = coverage.totals();
  const position = coverage.accountedUpTo;
  const sum = (counts: Readonly<Record<string, number>>): number => Object.values(counts).reduce((a, b) => a + b, 0);
  return (
    <div className="subscription" data-channel={name} data-missing={totals.missing}>
      <h4>
        {name} <small>{state}</small>
      </h4>
      <CoverageBar coverage={coverage} />
      <dl className="facts">
        <Fact name="Position" value={position ? `${position.epoch.slice(0, 6)}…:${position.sequence}` : "—"} title={position && `${position.epoch}:${position.sequence}`} />
        <Fact name="Lag" value={lag === undefined ? "—" : count(lag)} />
        <Fact name="Received" value={count(totals.received)} />
        <Fact name="Again" value={count(totals.duplicates)} />
        <Fact name="Skipped" value={reasons(totals.skipped)} />
        <Fact name="Lost" value={reasons(totals.lost)} isBad={sum(totals.lost) > 0} />
        <Fact name="Missing" value={count(totals.missing)} isBad={totals.missing > 0} />
        <Fact name="Epochs" value={count(totals.epochChanges + 1)} />
      </dl>
    </div>
  );
}

// Where the offsets of the current epoch stand: received, skipped, lost, missing, pending, in their order.
function CoverageBar({ coverage }: { readonly coverage: Coverage }): ReactNode {
  const states = ["folded", "received", "skipped", "lost", "missing", "pending"] as const;
  const ranges = states.flatMap((state) => coverage.ranges(state).slice(-200).map((range) => ({ ...range, state })));
  const low = Math.min(...ranges.map((r) => r.from));
  const high = Math.max(...ranges.map((r) => r.to));
  const width = high - low + 1;
  return (
    <svg className="coverage" viewBox="0 0 1000 8" preserveAspectRatio="none" role="img" aria-label={ranges.length === 0 ? "Nothing yet" : `Coverage of ${low} to ${high}`}>
      {ranges.map((r) => (
        <rect key={`${r.state} ${r.from}`} className={r.state} x={((r.from - low) / width) * 1000} width={Math.max(1, ((r.to - r.from + 1) / width) * 1000)} height="8" />
      ))}
    </svg>
  );
}

interface FactProps {
  readonly name: string;
  readonly value: string;
  readonly isBad?: boolean;
  readonly title?: string | undefined;
}

function Fact({ name, value, isBad, title }: FactProps): ReactNode {
  return (
    <div className={isBad === true ? "bad" : undefined}>
      <dt>{name}</dt>
      <dd title={title}>{value}</dd>
    </div>
  );
}

function reasons(counts: Readonly<Record<string, number>>): string {
  const entries = Object.entries(counts).filter(([, n]) => n > 0);
  return entries.length === 0 ? "0" : entries.map(([reason, n]) => `${count(n)} ${reason}`).join(", ");
}

function useTick(everyMs: number): void {
  const [, setTick] = useState(0);
  useEffect(() => {
    const timer = setInterval(() => setTick((n) => n + 1), everyMs);
    return () => {
      clearInterval(timer);
    };
  }, [everyMs]);
}
