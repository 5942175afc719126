// Says why the model predicts what it predicts at a place and time: the features that contribute most, and a narrative.
// Usage: node explain-point.mjs LONGITUDE LATITUDE TIME   with RTHUB_URL and RTHUB_API_KEY in the environment.
import { HubConnectionBuilder, LogLevel } from "@microsoft/signalr";

const [longitude = -97.0, latitude = 38.5, time = "2005-08-07T15:00:00Z"] = process.argv.slice(2);
const connection = new HubConnectionBuilder()
  .withUrl(`${process.env.RTHUB_URL ?? "http://localhost:5080"}/hubs/climate`, {
    accessTokenFactory: () => process.env.RTHUB_API_KEY ?? "dev-key",
  })
  .configureLogging(LogLevel.Error)
  .build();

await connection.start();
const request = {
  variable: "t2m",
  method: "shap",
  level: "local",
  time,
  domain: { crs: "EPSG:4326", point: [Number(longitude), Number(latitude)] },
};
connection.stream("StreamXai", request).subscribe({
  next: ({ kind, frame, error }) => {
    if (kind === "error") {
      console.error(`${error.code}: ${error.message}`);
      process.exitCode = 1;
    } else if (kind === "frame") {
      const { features, contributions, base_value, prediction, units } = frame.payload.attribution;
      console.log(`${base_value.toFixed(2)} at the baseline, ${prediction.toFixed(2)} ${units} predicted`);
      features
        .map((feature, index) => ({ feature, value: contributions[index] }))
        .sort((a, b) => Math.abs(b.value) - Math.abs(a.value))
        .slice(0, 5)
        .forEach(({ feature, value }) => console.log(`${value >= 0 ? "+" : ""}${value.toFixed(3)} ${feature}`));
    }
  },
  complete: () => void connection.stop(),
  error: () => void connection.stop(),
});
