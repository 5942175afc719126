import type { JobStatus } from "@realtimehub/client";
import { useDeferredValue, useEffect, useMemo, useState, type ReactNode } from "react";
import { useClient } from "../../connection/client-context.js";
import { count, timeOf } from "../../ui/format.js";
import { useLive } from "../../ui/live-store.js";
import { VirtualList } from "../../ui/virtual-list.js";
import { JobLog, type LogLine } from "./job-log.js";
import { JobTable } from "./job-table.js";

const levels = ["debug", "info", "warning", "error", "critical"] as const;

/** The jobs, and the log of the chosen one. */
export function JobsPanel(): ReactNode {
  const client = useClient();
  const table = useMemo(() => new JobTable(client), [client]);
  useEffect(
    () => () => {
      table.close();
    },
    [table],
  );
  useLive(table.store);
  const [chosen, setChosen] = useState<string>();
  const jobs = table.jobs;
  const shown = chosen ?? table.first;
  return (
    <div className="panel jobs">
      <h1 className="visually-hidden">Jobs</h1>
      {table.problem !== undefined && (
        <p role="alert" className="problem">
          {table.problem}
        </p>
      )}
      <section className="card" aria-label="Jobs">
        <h2>Jobs</h2>
        <ul className="job-list">
          {jobs.map((job) => (
            <li key={job.job_id}>
              <JobButton job={job} isChosen={job.job_id === shown} onChoose={() => setChosen(job.job_id)} />
            </li>
          ))}
        </ul>
        {jobs.length === 0 && (
          <p className="empty">
            No job yet. Start one: <code>rthub jobs run -- dotnet build</code>
          </p>
        )}
      </section>
      {shown === undefined ? (
        <section className="card wide" aria-label="Log">
          <p className="empty">The log of a job is shown here.</p>
        </section>
      ) : (
        <LogView key={shown} jobId={shown} />
      )}
    </div>
  );
}

function JobButton({ job, isChosen, onChoose }: { readonly job: JobStatus; readonly isChosen: boolean; readonly onChoose: () => void }): ReactNode {
  return (
    <button className={`job ${job.state}`} aria-pressed={isChosen} onClick={onChoose}>
      <b>{job.job_id}</b>
      <small>
        {job.job_type ?? ""} {job.state}
        {job.started_at !== undefined && `, ${timeOf(job.started_at)}`}
      </small>
      <progress max={100} value={job.progress} aria-label={`Progress of ${job.job_id}`} />
      <small className="percent">{Math.round(job.progress)} %</small>
      {job.error !== undefined && <small className="error">{job.error}</small>}
    </button>
  );
}

function LogView({ jobId }: { readonly jobId: string }): ReactNode {
  const client = useClient();
  const [log, setLog] = useState<JobLog>();
  useEffect(() => {
    const opened = new JobLog(client, jobId);
    setLog(opened);
    return () => {
      opened.close();
    };
  }, [client, jobId]);
  return (
    <section className="card wide" aria-label={`Log of ${jobId}`}>
      {log !== undefined && <Lines log={log} jobId={jobId} />}
    </section>
  );
}

function Lines({ log, jobId }: { readonly log: JobLog; readonly jobId: string }): ReactNode {
  const version = useLive(log.store);
  const [search, setSearch] = useState("");
  const [least, setLeast] = useState<string>("debug");
  const [isFollowing, setIsFollowing] = useState(true);
  const [frozen, setFrozen] = useState<readonly LogLine[]>();
  const text = useDeferredValue(search).toLowerCase();
  const lines = useMemo(
    () => {
      const all = frozen ?? log.lines.toArray();
      const from = levels.findIndex((level) => level === least);
      return from <= 0 && text === ""
        ? all
        : all.filter((line) => (line.level === "state" || levels.findIndex((l) => l === line.level) >= from) && line.text.toLowerCase().includes(text));
    },
    // eslint-disable-next-line react-hooks/exhaustive-deps -- the version says that the lines have changed
    [log, version, frozen, least, text],
  );
  return (
    <>
      <div className="toolbar">
        <h2>{jobId}</h2>
        <label>
          Search
          <input type="search" value={search} onChange={(event) => setSearch(event.target.value)} spellCheck={false} />
        </label>
        <label>
          Level
          <select value={least} onChange={(event) => setLeast(event.target.value)}>
            {levels.map((level) => (
              <option key={level} value={level}>
                {level}
                {level === "critical" ? "" : " and above"}
              </option>
            ))}
          </select>
        </label>
        <label className="check">
          <input type="checkbox" checked={isFollowing} onChange={(event) => setIsFollowing(event.target.checked)} /> Follow
        </label>
        <button aria-pressed={frozen !== undefined} onClick={() => setFrozen(frozen === undefined ? log.lines.toArray() : undefined)}>
          {frozen === undefined ? "Pause" : `Resume (${count(log.lines.length - frozen.length)} new)`}
        </button>
        <output>
          {count(lines.length)} of {count(log.lines.length)} lines{log.state === "ended" ? ", ended" : ""}
        </output>
      </div>
      {log.problem !== undefined && (
        <p role="alert" className="problem">
          {log.problem}
        </p>
      )}
      <VirtualList
        className="log"
        label={`Lines of ${jobId}`}
        items={lines}
        rowHeight={20}
        keyOf={(line) => line.key}
        isFollowing={isFollowing && frozen === undefined}
        onFollow={setIsFollowing}
        render={(line) => (
          <p className={`line ${line.level}`} title={line.text}>
            <time>{timeOf(line.at)}</time> <i>{line.level}</i> {line.text}
          </p>
        )}
        empty={<p className="empty">No line yet that matches.</p>}
      />
    </>
  );
}
