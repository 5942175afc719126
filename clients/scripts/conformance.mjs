// Speaks a plan of calls with every hub and prints what comes back, with the official JavaScript client.
// Usage: node conformance.mjs PLAN.json json|messagepack   with RTHUB_URL and RTHUB_API_KEY in the environment.
import { readFileSync } from "node:fs";
import { HubConnectionBuilder, LogLevel, Subject } from "@microsoft/signalr";
import { MessagePackHubProtocol } from "@microsoft/signalr-protocol-msgpack";

const print = (line) =>
  console.log(JSON.stringify(line, (_, value) => (value instanceof Uint8Array ? { bin: Buffer.from(value).toString("base64") } : value)));

const open = (path) => {
  const builder = new HubConnectionBuilder()
    .withUrl(`${process.env.RTHUB_URL}${path}?receive_all=false`, { accessTokenFactory: () => process.env.RTHUB_API_KEY })
    .configureLogging(LogLevel.Error);
  return (process.argv[3] === "messagepack" ? builder.withHubProtocol(new MessagePackHubProtocol()) : builder).build();
};

const items = (stream) =>
  new Promise((resolve, reject) => {
    const all = [];
    stream.subscribe({ next: (item) => all.push(item), complete: () => resolve(all), error: reject });
  });

const call = async (connection, { method, arguments: args, upload, isStream }) => {
  if (isStream) {
    return items(connection.stream(method, ...args));
  }
  if (!upload) {
    return [await connection.invoke(method, ...args)];
  }
  const subject = new Subject();
  const answer = connection.invoke(method, ...args, subject);
  upload.forEach((item) => subject.next(item));
  subject.complete();
  return [await answer];
};

for (const hub of JSON.parse(readFileSync(process.argv[2], "utf8"))) {
  const connection = open(hub.path);
  const pushes = hub.pushes.map(
    (push) => new Promise((resolve) => connection.on(push, (value) => resolve(print({ hub: hub.path, push, value })))),
  );
  await connection.start();
  for (const planned of hub.calls) {
    print({ hub: hub.path, method: planned.method, values: await call(connection, planned) });
  }
  console.log(`ready ${hub.path}`);
  await Promise.all(pushes);
  await connection.stop();
}
console.log("done");
