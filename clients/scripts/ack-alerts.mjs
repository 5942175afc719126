// Takes over critical events: prints and acknowledges each, so that it does not come again or escalate.
// Usage: node ack-alerts.mjs CONSUMER [count]   with RTHUB_URL and RTHUB_API_KEY in the environment.
import { HubConnectionBuilder, LogLevel } from "@microsoft/signalr";

const consumer = process.argv[2] ?? "desk";
let left = Number(process.argv[3] ?? Infinity);
const connection = new HubConnectionBuilder()
  .withUrl(`${process.env.RTHUB_URL ?? "http://localhost:5080"}/hubs/events?receive_all=false`, {
    accessTokenFactory: () => process.env.RTHUB_API_KEY ?? "dev-key",
  })
  .configureLogging(LogLevel.Error)
  .build();

const done = new Promise((resolve) => connection.on("Event", async (frame) => {
  if (!frame.requires_ack) {
    return;
  }
  const { error, unacknowledged } = await connection.invoke("Ack", { channel: frame.channel, sequences: [frame.sequence] });
  console.log(error ? `${error.code}: ${error.message}` : `${frame.sequence} ${frame.payload.summary} (${unacknowledged} wait)`);
  if (--left <= 0) {
    resolve();
  }
}));

await connection.start();
const { subscription, error } = await connection.invoke("Subscribe", { events: ["event"], consumer });
if (error) {
  console.error(`${error.code}: ${error.message}`);
  process.exitCode = 1;
} else {
  console.error(`${consumer}: ${subscription.unacknowledged} wait`);
  await done;
}
await connection.stop();
