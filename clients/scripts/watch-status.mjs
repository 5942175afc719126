// Prints the server's status as it changes, one line each.
// Usage: node watch-status.mjs [count]   with RTHUB_URL and RTHUB_API_KEY in the environment.
import { HubConnectionBuilder, LogLevel } from "@microsoft/signalr";

let left = Number(process.argv[2] ?? Infinity);
const connection = new HubConnectionBuilder()
  .withUrl(`${process.env.RTHUB_URL ?? "http://localhost:5080"}/hubs/system`, {
    accessTokenFactory: () => process.env.RTHUB_API_KEY ?? "dev-key",
  })
  .configureLogging(LogLevel.Error)
  .build();

const done = new Promise((resolve) => connection.on("Status", ({ type, payload }) => {
  if (type !== "node.status") {
    return;
  }
  const { node, health, cpu, memory, delivery } = payload;
  console.log(`${node} ${health} cpu ${cpu.process_percent.toFixed(1)} % memory ${Math.round(memory.process_bytes / 1048576)} MiB readers ${delivery.subscriptions}`);
  if (--left <= 0) {
    resolve();
  }
}));

await connection.start();
const { error } = await connection.invoke("Subscribe", {});
if (error) {
  console.error(`${error.code}: ${error.message}`);
  process.exitCode = 1;
} else {
  await done;
}
await connection.stop();
