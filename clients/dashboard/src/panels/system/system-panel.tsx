import type { ServiceStatus, SystemStatus } from "@realtimehub/client";
import { useEffect, useMemo, type ReactNode } from "react";
import { useClient } from "../../connection/client-context.js";
import { bytes, count, duration } from "../../ui/format.js";
import { useLive } from "../../ui/live-store.js";
import { HistoryChart, type Series } from "./history-chart.js";
import { Readiness, type Check } from "./readiness.js";
import { StatusHistory } from "./status-history.js";

const cpu: readonly Series[] = [
  { label: "process", color: "--line-1", value: (s) => s.status.cpu.process_percent },
  { label: "machine", color: "--line-2", value: (s) => s.status.cpu.machine_percent },
];
const memory: readonly Series[] = [
  { label: "process MiB", color: "--line-1", value: (s) => s.status.memory.process_bytes / 1_048_576 },
  { label: "heap MiB", color: "--line-2", value: (s) => s.status.memory.managed_heap_bytes / 1_048_576 },
];
const frames: readonly Series[] = [
  { label: "published", color: "--line-1", value: (s) => s.status.delivery.frames_published_per_second },
  { label: "delivered", color: "--line-2", value: (s) => s.status.delivery.frames_delivered_per_second },
  { label: "lost", color: "--line-3", value: (s) => s.status.delivery.frames_lost_per_second },
];
const connections: readonly Series[] = [
  { label: "connections", color: "--line-1", value: (s) => s.status.delivery.connections },
  { label: "subscriptions", color: "--line-2", value: (s) => s.status.delivery.subscriptions },
  { label: "channels", color: "--line-3", value: (s) => s.status.delivery.channels },
];
const lag: readonly Series[] = [
  { label: "largest lag", color: "--line-1", value: (s) => s.status.delivery.max_lag_frames },
  { label: "over the limit", color: "--line-3", value: (s) => s.status.delivery.lagging_subscriptions },
];

/** Gauges and the last hour of machine, process and delivery. */
export function SystemPanel({ theme }: { readonly theme: string }): ReactNode {
  const client = useClient();
  const history = useMemo(() => new StatusHistory(client), [client]);
  useEffect(
    () => () => {
      history.close();
    },
    [history],
  );
  useLive(history.store);
  const readiness = useMemo(() => new Readiness(), []);
  useEffect(
    () => () => {
      readiness.close();
    },
    [readiness],
  );
  useLive(readiness.store);
  const newest = history.newest?.status;
  return (
    <div className="panel system">
      <h1 className="visually-hidden">System</h1>
      {history.problem !== undefined && (
        <p role="alert" className="problem">
          {history.problem}
        </p>
      )}
      {history.nodes.length > 1 && (
        <label className="nodes">
          Node
          <select value={history.shown} onChange={(event) => history.show(event.target.value)}>
            {history.nodes.map((node) => (
              <option key={node}>{node}</option>
            ))}
          </select>
        </label>
      )}
      {newest === undefined ? <p className="empty">The first status is on its way.</p> : <Gauges status={newest} />}
      <div className="charts">
        <HistoryChart title="Processors" unit=" %" history={history} series={cpu} theme={theme} max={100} />
        <HistoryChart title="Memory" unit="" history={history} series={memory} theme={theme} />
        <HistoryChart title="Frames per second" unit="" history={history} series={frames} theme={theme} />
        <HistoryChart title="Connections and channels" unit="" history={history} series={connections} theme={theme} />
        <HistoryChart title="Lag, in frames" unit="" history={history} series={lag} theme={theme} />
      </div>
      <div className="charts">
        {readiness.checks.length > 0 && <Checks checks={readiness.checks} />}
        {newest !== undefined && newest.services.length > 0 && <Services services={newest.services} />}
      </div>
    </div>
  );
}

function Gauges({ status }: { readonly status: SystemStatus }): ReactNode {
  const { memory: m, disk, delivery, gc, threads } = status;
  const used = m.machine_available_bytes === undefined ? undefined : m.machine_total_bytes - m.machine_available_bytes;
  return (
    <section className="gauges" aria-label="Now">
      <div className="card tile">
        <h2>{status.node}</h2>
        <strong className={`health ${status.health}`}>{status.health}</strong>
        <small>up {duration(status.uptime_seconds)}</small>
      </div>
      <Gauge name="Processors" share={(status.cpu.machine_percent ?? status.cpu.process_percent) / 100} text={`${count(status.cpu.machine_percent ?? status.cpu.process_percent)} %`} note={`${status.cpu.count} cores, process ${count(status.cpu.process_percent)} %`} />
      {used !== undefined && <Gauge name="Memory" share={used / m.machine_total_bytes} text={bytes(used)} note={`of ${bytes(m.machine_total_bytes)}, process ${bytes(m.process_bytes)}`} />}
      {disk && <Gauge name="Disk" share={1 - disk.free_bytes / disk.total_bytes} text={bytes(disk.total_bytes - disk.free_bytes)} note={`of ${bytes(disk.total_bytes)}, ${disk.path}`} />}
      <Figure name="Connections" value={count(delivery.connections)} note={`${count(delivery.subscriptions)} subscriptions, ${count(delivery.channels)} channels`} />
      <Figure name="Frames per second" value={count(delivery.frames_delivered_per_second)} note={`${count(delivery.frames_published_per_second)} published, ${count(delivery.frames_lost_per_second)} lost`} />
      <Figure name="Largest lag" value={count(delivery.max_lag_frames)} note={`${count(delivery.lagging_subscriptions)} over their limit`} />
      <Figure name="Collector" value={`${count(gc.pause_percent)} %`} note={`in pauses; ${bytes(gc.allocated_bytes_per_second)}/s, gen2 ${count(gc.gen2)}`} />
      <Figure name="Threads" value={count(threads.process)} note={`pool ${count(threads.pool)}, waiting ${count(threads.pool_queue_length)}`} />
      {status.gpu?.map((gpu) => (
        <Gauge key={gpu.name} name={gpu.name} share={(gpu.utilization_percent ?? 0) / 100} text={`${count(gpu.utilization_percent ?? 0)} %`} note={gpu.memory_used_bytes === undefined ? "" : bytes(gpu.memory_used_bytes)} />
      ))}
    </section>
  );
}

function Gauge({ name, share, text, note }: { readonly name: string; readonly share: number; readonly text: string; readonly note: string }): ReactNode {
  const level = share > 0.9 ? "bad" : share > 0.75 ? "warn" : "good";
  return (
    <div className="card tile">
      <h2>{name}</h2>
      <strong>{text}</strong>
      <meter className={level} min={0} max={1} value={Math.min(1, Math.max(0, share))} aria-label={name} />
      <small>{note}</small>
    </div>
  );
}

function Figure({ name, value, note }: { readonly name: string; readonly value: string; readonly note: string }): ReactNode {
  return (
    <div className="card tile">
      <h2>{name}</h2>
      <strong>{value}</strong>
      <small>{note}</small>
    </div>
  );
}

function Checks({ checks }: { readonly checks: readonly Check[] }): ReactNode {
  return (
    <section className="card" aria-label="Checks">
      <h2>What this server needs</h2>
      <ul className="states">
        {checks.map(({ check, status, description }) => (
          <li key={check}>
            <i className={`lamp ${status === "healthy" ? "connected" : status === "degraded" ? "reconnecting" : "disconnected"}`} aria-hidden />
            <span>{check}</span>
            <small>
              {status} {description ?? ""}
            </small>
          </li>
        ))}
      </ul>
    </section>
  );
}

function Services({ services }: { readonly services: readonly ServiceStatus[] }): ReactNode {
  return (
    <section className="card" aria-label="Services">
      <h2>Services</h2>
      <ul className="states">
        {services.map((service) => (
          <li key={service.service}>
            <i className={`lamp ${service.status === "healthy" || service.status === "running" ? "connected" : "disconnected"}`} />
            <span>{service.service}</span>
            <small>
              {service.status}
              {service.latency_ms !== undefined && `, ${count(service.latency_ms)} ms`} {service.message ?? ""}
            </small>
          </li>
        ))}
      </ul>
    </section>
  );
}
