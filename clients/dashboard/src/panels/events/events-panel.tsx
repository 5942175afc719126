import type { FrameEnvelope } from "@realtimehub/client";
import { useDeferredValue, useState, type ReactNode } from "react";
import { count, timeOf } from "../../ui/format.js";
import { useLive } from "../../ui/live-store.js";
import { useTheme } from "../../ui/theme.js";
import { VirtualList } from "../../ui/virtual-list.js";
import { keyOf, type AlertView, type CameraView, type EventLog, type EventRow } from "./event-log.js";
import { matcher, summaryOf } from "./severity.js";
import { Timeline } from "./timeline.js";

/** Security events as they come: what waits for an acknowledgement, the timeline, alerts and cameras. */
export function EventsPanel({ log }: { readonly log: EventLog }): ReactNode {
  useLive(log.store);
  const { theme } = useTheme();
  const [pattern, setPattern] = useState("*");
  const [camera, setCamera] = useState("");
  const asked = useDeferredValue(pattern);
  const rows = filtered(log, asked, camera);
  return (
    <div className="panel events">
      <h1 className="visually-hidden">Events</h1>
      {log.problem !== undefined && (
        <p role="alert" className="problem">
          {log.problem}
        </p>
      )}
      <Waiting log={log} />
      <section className="card wide" aria-label="Timeline">
        <div className="toolbar">
          <label>
            Types
            <input value={pattern} onChange={(event) => setPattern(event.target.value)} placeholder="alert.*" spellCheck={false} />
          </label>
          <label>
            Camera
            <select value={camera} onChange={(event) => setCamera(event.target.value)}>
              <option value="">all</option>
              {[...log.cameras.keys()].sort().map((name) => (
                <option key={name}>{name}</option>
              ))}
            </select>
          </label>
          <output>
            {count(rows.length)} of {count(log.received)}
          </output>
        </div>
        <Timeline log={log} theme={theme} />
        <VirtualList
          className="event-list"
          label="Events, newest first"
          items={rows}
          rowHeight={36}
          keyOf={(row) => (row.kind === "event" ? keyOf(row.frame) : row.key)}
          render={(row) => <Row row={row} log={log} />}
          empty={<p className="empty">No event yet that matches.</p>}
        />
      </section>
      <section className="card" aria-label="Alerts">
        <h2>Alerts</h2>
        <ul className="states">
          {[...log.alerts].reverse().slice(0, 50).map(([id, alert]) => (
            <AlertState key={id} id={id} alert={alert} />
          ))}
          {log.alerts.size === 0 && <li className="empty">No alert yet.</li>}
        </ul>
      </section>
      <section className="card" aria-label="Cameras">
        <h2>Cameras</h2>
        <ul className="states">
          {[...log.cameras].sort(([a], [b]) => a.localeCompare(b)).map(([id, view]) => (
            <CameraState key={id} id={id} view={view} />
          ))}
          {log.cameras.size === 0 && <li className="empty">No camera yet.</li>}
        </ul>
      </section>
    </div>
  );
}

// Newest first; the log keeps them oldest first.
function filtered(log: EventLog, pattern: string, camera: string): EventRow[] {
  const isWanted = matcher(pattern);
  const known = new Map<string, boolean>();
  const rows: EventRow[] = [];
  for (let index = log.rows.length - 1; index >= 0; index--) {
    const row = log.rows.at(index);
    if (row === undefined) {
      continue;
    }
    if (row.kind === "notice") {
      rows.push(row);
      continue;
    }
    const { type, tags } = row.frame;
    let isMatch = known.get(type);
    if (isMatch === undefined) {
      known.set(type, (isMatch = isWanted(type)));
    }
    if (isMatch && (camera === "" || tags?.camera_id === camera)) {
      rows.push(row);
    }
  }
  return rows;
}

function Waiting({ log }: { readonly log: EventLog }): ReactNode {
  const waiting = [...log.waiting.values()];
  return (
    <section className={`waiting ${waiting.length > 0 ? "pressing" : ""}`} aria-label="To acknowledge" aria-live="assertive">
      {waiting.length === 0 ? (
        <p className="calm">Nothing waits for an acknowledgement.</p>
      ) : (
        <>
          <h2>
            {waiting.length} critical {waiting.length === 1 ? "event waits" : "events wait"} for an acknowledgement
          </h2>
          <ul>
            {waiting.slice(0, 20).map((frame) => (
              <li key={keyOf(frame)}>
                <time>{timeOf(frame.timestamp)}</time>
                <b>{frame.tags?.camera_id ?? frame.type}</b>
                <span>{summaryOf(frame)}</span>
                <AckButton frame={frame} log={log} />
              </li>
            ))}
          </ul>
        </>
      )}
    </section>
  );
}

function AckButton({ frame, log }: { readonly frame: FrameEnvelope; readonly log: EventLog }): ReactNode {
  const [isBusy, setIsBusy] = useState(false);
  const acknowledge = (): void => {
    setIsBusy(true);
    void log.acknowledge(frame).finally(() => setIsBusy(false));
  };
  return (
    <button className="primary" disabled={isBusy} onClick={acknowledge} aria-label={`Acknowledge event ${frame.sequence}`}>
      Acknowledge
    </button>
  );
}

function Row({ row, log }: { readonly row: EventRow; readonly log: EventLog }): ReactNode {
  if (row.kind === "notice") {
    return <p className={`row notice ${row.isLoss ? "loss" : ""}`}>{row.text}</p>;
  }
  const { frame, severity } = row;
  const key = keyOf(frame);
  const state = log.waiting.has(key) ? "waits" : log.acknowledged.has(key) ? "acknowledged" : "";
  return (
    <div className={`row ${severity}`} data-type={frame.type}>
      <time title={frame.timestamp}>{timeOf(frame.timestamp)}</time>
      <i className={`severity ${severity}`} title={severity === "none" ? "no severity" : severity} />
      <b>{frame.type}</b>
      <span className="camera">{frame.tags?.camera_id ?? ""}</span>
      <span className="summary" title={summaryOf(frame)}>
        {summaryOf(frame)}
      </span>
      <small>{state}</small>
    </div>
  );
}

function AlertState({ id, alert }: { readonly id: string; readonly alert: AlertView }): ReactNode {
  return (
    <li>
      <i className={`severity ${alert.severity}`} title={alert.severity} />
      <span title={id}>Alert {id.slice(0, 8)}</span>
      <small>
        {alert.state}, {timeOf(alert.at)}
      </small>
    </li>
  );
}

function CameraState({ id, view }: { readonly id: string; readonly view: CameraView }): ReactNode {
  const isUp = view.state === "online" || view.state === "enabled";
  return (
    <li>
      <i className={`lamp ${isUp ? "connected" : "disconnected"}`} />
      <span>{id}</span>
      <small>
        {view.state}, {timeOf(view.lastSeen)}
      </small>
    </li>
  );
}
