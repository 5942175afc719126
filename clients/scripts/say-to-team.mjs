// Says something to a team, and prints who is there to hear it.
// Usage: node say-to-team.mjs TEAM TEXT   with RTHUB_URL and RTHUB_API_KEY in the environment.
import { HubConnectionBuilder, LogLevel } from "@microsoft/signalr";

const [team, text] = process.argv.slice(2);
const channel = `team:${team}`;
const connection = new HubConnectionBuilder()
  .withUrl(`${process.env.RTHUB_URL ?? "http://localhost:5080"}/hubs/workspace`, {
    accessTokenFactory: () => process.env.RTHUB_API_KEY ?? "dev-key",
  })
  .configureLogging(LogLevel.Error)
  .build();

connection.on("PresenceState", ({ members }) => console.log(`there: ${members.map((m) => m.user_id).join(", ")}`));
const heard = new Promise((resolve) => connection.on("Workspace", ({ sequence, payload }) => resolve(`${sequence} ${payload.message}`)));

await connection.start();
const subscribed = await connection.invoke("Subscribe", { channel });
const published = subscribed.error
  ? subscribed
  : await connection.invoke("Publish", { channel, event: { type: "log_entry", payload: { level: "info", message: text } } });
if (published.error) {
  console.error(`${published.error.code}: ${published.error.message}`);
  process.exitCode = 1;
} else {
  console.log(await heard);
}
await connection.stop();
