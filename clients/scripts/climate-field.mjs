// Streams a climate variable over a box and prints its range at each time, with what policy did to it.
// Usage: node climate-field.mjs VARIABLE WEST SOUTH EAST NORTH [count]   with RTHUB_URL and RTHUB_API_KEY in the environment.
import { HubConnectionBuilder, LogLevel } from "@microsoft/signalr";

const [variable = "t2m", west = -97.5, south = 38.2, east = -96.5, north = 38.8, count = Infinity] = process.argv.slice(2);
let left = Number(count);
const connection = new HubConnectionBuilder()
  .withUrl(`${process.env.RTHUB_URL ?? "http://localhost:5080"}/hubs/climate`, {
    accessTokenFactory: () => process.env.RTHUB_API_KEY ?? "dev-key",
  })
  .configureLogging(LogLevel.Error)
  .build();

await connection.start();
const request = {
  variables: [variable],
  domain: { crs: "EPSG:4326", bbox: [west, south, east, north].map(Number) },
  options: { interval_seconds: 1 },
};
connection.stream("StreamFields", request).subscribe({
  next: ({ kind, frame, error }) => {
    if (kind === "error") {
      console.error(`${error.code}: ${error.message}`);
      process.exitCode = 1;
    } else if (kind === "frame") {
      const { min, mean, max, units, missing } = frame.payload.data[variable];
      console.log(`${frame.payload.time} ${variable} ${min} ${mean} ${max} ${units}; hidden ${missing}; ${frame.care.masking}`);
      if (--left <= 0) {
        void connection.stop();
      }
    }
  },
  complete: () => void connection.stop(),
  error: () => void connection.stop(),
});
