import type { RunRecipe, SimulationComplete, SimulationState } from "@realtimehub/client";
import type { DashboardClient } from "../../session/dashboard-client.js";

const maxStepsPerCall = 1_000;

/** What came out when a run was computed again. */
export interface RunVerification {
  readonly step: number;
  readonly expected: string;
  readonly computed: string;
}

/** Has the server compute a run again from its recipe, changes included, up to one of its states, and compares the checksums. */
export async function verifyRun(client: DashboardClient, runId: string, state: SimulationState | SimulationComplete): Promise<RunVerification> {
  const { simulation } = client;
  const [status] = await simulation.listRuns({ run_id: runId });
  const recipe = status?.recipe;
  if (recipe === undefined) {
    throw new Error("The server does not remember the recipe of this run any more.");
  }
  const again = await simulation.startRun({ ...startOf(recipe), steps: Math.max(state.step, 1), start_paused: true, unlisted: true });
  const run = { run_id: again.run_id };
  try {
    let at = 0;
    const advance = async (to: number): Promise<void> => {
      for (; at < to; at += Math.min(maxStepsPerCall, to - at)) {
        await simulation.stepRun({ ...run, steps: Math.min(maxStepsPerCall, to - at) });
      }
    };
    for (const { step, parameters, spike } of recipe.events.filter((event) => event.step < state.step)) {
      await advance(step);
      await simulation.steerRun({ ...run, ...(parameters && { parameters }), ...(spike && { spike }) });
    }
    await advance(state.step);
    for await (const frame of simulation.joinRun({ ...run, start: "snapshot" })) {
      if ("checksum" in frame.payload) {
        return { step: state.step, expected: state.checksum, computed: frame.payload.checksum };
      }
    }
    throw new Error("The run that was started to compare with showed no state.");
  } finally {
    await simulation.stopRun(run).catch(() => undefined);
  }
}

function startOf({ model, seed, grid_size, edges, parameters }: RunRecipe): Pick<RunRecipe, "model" | "seed" | "grid_size" | "edges" | "parameters"> {
  return { model, seed, grid_size, edges, parameters };
}
