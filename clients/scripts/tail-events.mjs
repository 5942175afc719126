// Prints security events as they come, with the official JavaScript client.
// Usage: node tail-events.mjs [pattern] [count]   with RTHUB_URL and RTHUB_API_KEY in the environment.
import { HubConnectionBuilder, LogLevel } from "@microsoft/signalr";

const url = process.env.RTHUB_URL ?? "http://localhost:5080";
const key = process.env.RTHUB_API_KEY ?? "dev-key";
const pattern = process.argv[2] ?? "*";
let left = Number(process.argv[3] ?? Infinity);

const connection = new HubConnectionBuilder()
  .withUrl(`${url}/hubs/events?receive_all=false`, { accessTokenFactory: () => key })
  .configureLogging(LogLevel.Error)
  .build();

connection.on("Event", (frame) => {
  console.log(JSON.stringify(frame));
  if (--left <= 0) {
    void connection.stop();
  }
});
connection.on("Subscribed", (s) => console.error(`subscribed to ${s.channel} after ${s.epoch}:${s.sequence}`));
for (const notice of ["Gap", "Skipped", "Heartbeat", "Degraded", "Restored", "Unsubscribed", "Error", "Control"]) {
  connection.on(notice, (n) => console.error(notice, JSON.stringify(n)));
}

await connection.start();
const { error } = await connection.invoke("Subscribe", { events: [pattern] });
if (error) {
  console.error(`${error.code}: ${error.message}`);
  process.exitCode = 1;
  await connection.stop();
}
