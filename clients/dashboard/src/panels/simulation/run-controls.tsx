import type { RunRecipe } from "@realtimehub/client";
import { useEffect, useState, type ReactNode } from "react";
import { useClient } from "../../connection/client-context.js";
import type { RunView } from "./run-view.js";
import { verifyRun, type RunVerification } from "./verify-run.js";

interface Steerable {
  readonly name: string;
  readonly label: string;
  readonly min: number;
  readonly max: number;
  readonly step: number;
}

const alpha: Steerable = { name: "alpha", label: "Diffusion (alpha)", min: 0.05, max: 0.24, step: 0.01 };
const spikes: Steerable = { name: "spike_probability", label: "Spike probability", min: 0, max: 1, step: 0.05 };
const steerables: Readonly<Record<string, readonly Steerable[]>> = {
  "mycelium-turing": [alpha, spikes, { name: "turing_threshold", label: "Threshold", min: 0, max: 5, step: 0.1 }],
  mycelium: [alpha, spikes, { name: "turing_threshold", label: "Threshold", min: 0.5, max: 0.95, step: 0.01 }],
  "gray-scott": [
    { name: "feed", label: "Feed", min: 0, max: 0.1, step: 0.001 },
    { name: "kill", label: "Kill", min: 0, max: 0.1, step: 0.001 },
  ],
};

interface Props {
  readonly view: RunView;
  readonly runId: string;
  /** Does it, and says it when it is refused. */
  readonly act: (action: Promise<unknown>) => void;
}

/** Pauses, steps, steers, stops and verifies one run. */
export function RunControls({ view, runId, act }: Props): ReactNode {
  const { simulation } = useClient();
  const run = { run_id: runId };
  const isOver = view.complete !== undefined;
  const isPaused = view.state === "paused";
  return (
    <div className="column">
      <div className="actions">
        <button disabled={isOver} onClick={() => act(isPaused ? simulation.resumeRun(run) : simulation.pauseRun(run))}>
          {isPaused ? "Resume" : "Pause"}
        </button>
        <button disabled={isOver} onClick={() => act(simulation.stepRun(run))}>
          One step
        </button>
        <button disabled={isOver} onClick={() => act(simulation.stopRun(run))}>
          Stop
        </button>
        <Verify view={view} runId={runId} />
      </div>
      <Sliders runId={runId} isOver={isOver} act={act} />
      <p className="calm">Click a cell of the field to inject a spike there.</p>
      <ol className="notes" aria-label="Changes">
        {view.changes
          .toArray()
          .reverse()
          .slice(0, 8)
          .map((change, index) => (
            <li key={`${change} ${index}`}>{change}</li>
          ))}
      </ol>
    </div>
  );
}

function Sliders({ runId, isOver, act }: { readonly runId: string; readonly isOver: boolean; readonly act: Props["act"] }): ReactNode {
  const { simulation } = useClient();
  const [recipe, setRecipe] = useState<RunRecipe>();
  const [set, setSet] = useState<Readonly<Record<string, number>>>({});
  useEffect(() => {
    let isShown = true;
    simulation.listRuns({ run_id: runId }).then(
      ([status]) => {
        if (isShown) {
          setRecipe(status?.recipe);
        }
      },
      () => undefined,
    );
    return () => {
      isShown = false;
    };
  }, [simulation, runId]);
  if (recipe === undefined) {
    return null;
  }
  const now = Object.assign({}, recipe.parameters, ...recipe.events.map((event) => event.parameters), set) as Record<string, number>;
  const steer = (name: string): void => act(simulation.steerRun({ run_id: runId, parameters: { [name]: now[name] ?? 0 } }));
  return (
    <fieldset className="sliders" disabled={isOver}>
      <legend>Steer</legend>
      {(steerables[recipe.model] ?? []).map(({ name, label, ...range }) => (
        <label key={name}>
          {label}
          <input
            type="range"
            {...range}
            value={now[name] ?? range.min}
            onChange={(event) => setSet({ ...set, [name]: event.target.valueAsNumber })}
            onPointerUp={() => steer(name)}
            onKeyUp={() => steer(name)}
          />
          <output>{now[name]}</output>
        </label>
      ))}
    </fieldset>
  );
}

function Verify({ view, runId }: { readonly view: RunView; readonly runId: string }): ReactNode {
  const client = useClient();
  const [result, setResult] = useState<RunVerification | "busy" | Error>();
  const state = view.complete ?? view.newest;
  const verify = (): void => {
    if (state !== undefined) {
      setResult("busy");
      verifyRun(client, runId, state).then(setResult, (error: unknown) => setResult(error instanceof Error ? error : new Error(String(error))));
    }
  };
  return (
    <>
      <button disabled={state === undefined || result === "busy"} onClick={verify}>
        {result === "busy" ? "Computing again…" : "Verify"}
      </button>
      <output className="verdict" aria-label="Verification">
        {verdictOf(result)}
      </output>
    </>
  );
}

function verdictOf(result: RunVerification | "busy" | Error | undefined): string {
  if (result === undefined || result === "busy") {
    return "";
  }
  if (result instanceof Error) {
    return `Not verified: ${result.message}`;
  }
  return result.expected === result.computed
    ? `Verified: computed again up to step ${result.step}, the checksum is the same, ${result.computed.slice(0, 16)}…`
    : `Different: step ${result.step} has ${result.expected.slice(0, 16)}…, computed again it has ${result.computed.slice(0, 16)}…`;
}
