// Streams a job's log from its first line and ends with the job, with the official JavaScript client.
// Usage: node follow-job.mjs JOB_ID   with RTHUB_URL and RTHUB_API_KEY in the environment.
import { HubConnectionBuilder, LogLevel } from "@microsoft/signalr";

const connection = new HubConnectionBuilder()
  .withUrl(`${process.env.RTHUB_URL ?? "http://localhost:5080"}/hubs/jobs`, {
    accessTokenFactory: () => process.env.RTHUB_API_KEY ?? "dev-key",
  })
  .configureLogging(LogLevel.Error)
  .build();

await connection.start();
connection.stream("StreamLogs", { job_id: process.argv[2] }).subscribe({
  next: (item) => {
    if (item.kind === "frame") {
      console.log(item.frame.type === "job.log" ? item.frame.payload.message : item.frame.type);
    } else if (item.kind === "error") {
      console.error(`${item.error.code}: ${item.error.message}`);
      process.exitCode = 1;
    }
  },
  complete: () => void connection.stop(),
  error: (problem) => {
    console.error(problem.message);
    process.exitCode = 1;
    void connection.stop();
  },
});
