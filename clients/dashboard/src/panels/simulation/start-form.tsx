import { useState, type SyntheticEvent, type ReactNode } from "react";
import { useClient } from "../../connection/client-context.js";

const models = ["mycelium-turing", "mycelium", "gray-scott"] as const;

/** Starts a run of one's own. */
export function StartForm({ onStarted }: { readonly onStarted: (runId: string) => void }): ReactNode {
  const client = useClient();
  const [model, setModel] = useState<string>("mycelium-turing");
  const [size, setSize] = useState(128);
  const [seed, setSeed] = useState(42);
  const [pace, setPace] = useState(20);
  const [isBusy, setIsBusy] = useState(false);
  const [problem, setProblem] = useState<string>();
  const start = async (): Promise<void> => {
    setIsBusy(true);
    try {
      onStarted((await client.simulation.startRun({ model, grid_size: size, seed, steps_per_second: pace })).run_id);
      setProblem(undefined);
    } catch (error) {
      setProblem(error instanceof Error ? error.message : String(error));
    }
    setIsBusy(false);
  };
  const submit = (event: SyntheticEvent): void => {
    event.preventDefault();
    void start();
  };
  return (
    <form className="card form" aria-label="Start a run" onSubmit={submit}>
      <label>
        Model
        <select value={model} onChange={(event) => setModel(event.target.value)}>
          {models.map((name) => (
            <option key={name}>{name}</option>
          ))}
        </select>
      </label>
      <NumberField label="Cells per side" value={size} min={8} max={1_024} onChange={setSize} />
      <NumberField label="Seed" value={seed} min={0} max={2_147_483_647} onChange={setSeed} />
      <NumberField label="Steps per second" value={pace} min={0} max={1_000} onChange={setPace} />
      <button className="primary" disabled={isBusy}>
        Start a run
      </button>
      {problem !== undefined && (
        <p role="alert" className="problem">
          {problem}
        </p>
      )}
    </form>
  );
}

interface NumberFieldProps {
  readonly label: string;
  readonly value: number;
  readonly min: number;
  readonly max: number;
  readonly onChange: (value: number) => void;
}

function NumberField({ label, value, min, max, onChange }: NumberFieldProps): ReactNode {
  return (
    <label>
      {label}
      <input type="number" value={value} min={min} max={max} step={1} required onChange={(event) => onChange(event.target.valueAsNumber || 0)} />
    </label>
  );
}
