import { useEffect, useMemo, useState, type ReactNode } from "react";
import { useClient } from "../../connection/client-context.js";
import { count } from "../../ui/format.js";
import { useLive } from "../../ui/live-store.js";
import { FeatureChart } from "./feature-chart.js";
import { FieldCanvas } from "./field-canvas.js";
import { RunControls } from "./run-controls.js";
import { RunList } from "./run-list.js";
import { RunView } from "./run-view.js";
import { StartForm } from "./start-form.js";

/** Simulations: the runs, and the chosen one with its field, its controls and its features. */
export function SimulationPanel({ theme }: { readonly theme: string }): ReactNode {
  const client = useClient();
  const list = useMemo(() => new RunList(client), [client]);
  useEffect(
    () => () => {
      list.close();
    },
    [list],
  );
  useLive(list.store);
  const [chosen, setChosen] = useState<string>();
  const choose = (runId: string): void => {
    setChosen(runId);
    void list.refresh();
  };
  const shown = chosen ?? list.first;
  return (
    <div className="panel simulation">
      <h1 className="visually-hidden">Simulation</h1>
      {list.problem !== undefined && (
        <p role="alert" className="problem">
          {list.problem}
        </p>
      )}
      <aside className="column">
        <StartForm onStarted={choose} />
        <section className="card" aria-label="Runs">
          <h2>Runs</h2>
          <ul className="job-list">
            {list.runs.map((run) => (
              <li key={run.run_id}>
                <button className={`job ${run.state}`} aria-pressed={run.run_id === shown} onClick={() => choose(run.run_id)}>
                  <b>{run.run_id}</b>
                  <small>
                    {run.model} {run.grid_size}², {run.state}, step {count(run.step)}
                    {run.shared ? ", shared" : ""}
                  </small>
                </button>
              </li>
            ))}
          </ul>
          {list.runs.length === 0 && <p className="empty">{list.isListed ? "No run yet. Start one above." : "The list is on its way."}</p>}
        </section>
      </aside>
      {shown === undefined ? (
        <section className="card" aria-label="Run">
          <p className="empty">The field of a run is shown here.</p>
        </section>
      ) : (
        <Run key={shown} runId={shown} theme={theme} />
      )}
    </div>
  );
}

function Run({ runId, theme }: { readonly runId: string; readonly theme: string }): ReactNode {
  const client = useClient();
  const [view, setView] = useState<RunView>();
  useEffect(() => {
    const opened = new RunView(client, runId);
    setView(opened);
    return () => {
      opened.close();
    };
  }, [client, runId]);
  return view === undefined ? null : <Watched view={view} runId={runId} theme={theme} />;
}

function Watched({ view, runId, theme }: { readonly view: RunView; readonly runId: string; readonly theme: string }): ReactNode {
  useLive(view.store);
  const client = useClient();
  const [problem, setProblem] = useState<string>();
  const act = (action: Promise<unknown>): void => {
    action.then(
      () => setProblem(undefined),
      (error: unknown) => setProblem(error instanceof Error ? error.message : String(error)),
    );
  };
  const { newest } = view;
  return (
    <div className="column">
      <section className="card" aria-label={`Run ${runId}`}>
        <div className="toolbar">
          <h2>{runId}</h2>
          <output aria-label="State">
            {view.state}, step {count(view.complete?.step ?? newest?.step ?? 0)}
            {newest?.total_steps === undefined ? "" : ` of ${count(newest.total_steps)}`}, {count((view.complete ?? newest)?.growth_events ?? 0)} spikes
          </output>
        </div>
        {(view.problem ?? problem) !== undefined && (
          <p role="alert" className="problem">
            {view.problem ?? problem}
          </p>
        )}
        <div className="run">
          <FieldCanvas view={view} onCell={(x, y) => act(client.simulation.steerRun({ run_id: runId, spike: { x, y, amount: 0.05 } }))} />
          <RunControls view={view} runId={runId} act={act} />
        </div>
      </section>
      <FeatureChart view={view} theme={theme} />
    </div>
  );
}
