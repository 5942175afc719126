// Starts a simulation, follows it to its end, and prints the checksum that anybody can compute again from the recipe.
// Usage: node run-simulation.mjs [seed] [steps]   with RTHUB_URL and RTHUB_API_KEY in the environment.
import { HubConnectionBuilder, LogLevel } from "@microsoft/signalr";

const [seed = 42, steps = 30] = process.argv.slice(2).map(Number);
const connection = new HubConnectionBuilder()
  .withUrl(`${process.env.RTHUB_URL ?? "http://localhost:5080"}/hubs/simulation`, {
    accessTokenFactory: () => process.env.RTHUB_API_KEY ?? "dev-key",
  })
  .configureLogging(LogLevel.Error)
  .build();

await connection.start();
const { run, error } = await connection.invoke("StartRun", { model: "gray-scott", grid_size: 32, seed, steps, steps_per_second: 200 });
if (error) {
  console.error(`${error.code}: ${error.message}`);
  process.exitCode = 1;
  await connection.stop();
} else {
  connection.stream("JoinRun", { run_id: run.run_id, start: "history" }).subscribe({
    next: ({ kind, frame }) => {
      if (kind === "frame" && frame.type === "simulation_complete") {
        console.log(`${run.run_id} ${frame.payload.state} after step ${frame.payload.step}: ${frame.payload.checksum}`);
      }
    },
    complete: () => void connection.stop(),
    error: () => void connection.stop(),
  });
}
