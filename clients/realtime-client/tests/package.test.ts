import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { ServerProcess } from "./server-process.js";

const root = join(import.meta.dirname, "..");
let project: string;
let server: ServerProcess;

function run(command: string, args: readonly string[], cwd: string, environment: Record<string, string> = {}): string {
  return execFileSync(command, args, { cwd, encoding: "utf8", env: { ...process.env, ...environment }, stdio: ["ignore", "pipe", "pipe"] });
}

// What a user has: an empty project, and the package as it would be published.
beforeAll(async () => {
  project = mkdtempSync(join(tmpdir(), "realtimehub-client-"));
  const packed = JSON.parse(run("npm", ["pack", "--json", "--silent", "--pack-destination", project], root)) as unknown;
  const [{ filename, files }] = (Array.isArray(packed) ? packed : Object.values(packed as object)) as [{ filename: string; files: { path: string }[] }];
  writeFileSync(join(project, "files.json"), JSON.stringify(files.map((f) => f.path)));
  writeFileSync(join(project, "package.json"), JSON.stringify({ name: "empty", private: true, type: "module" }));
  run("npm", ["install", "--silent", "--no-audit", "--no-fund", "--prefer-offline", join(project, filename)], project);
  server = await ServerProcess.start();
});

afterAll(async () => {
  await server.stop();
  rmSync(project, { recursive: true, force: true });
});

test("The package holds what is built and described, and nothing else", () => {
  const files = JSON.parse(readFileSync(join(project, "files.json"), "utf8")) as string[];
  expect(files.filter((path) => !/^(dist\/.*\.(js|d\.ts|map)|README\.md|package\.json)$/.test(path))).toEqual([]);
  expect(files.filter((path) => path.includes('test'))).toEqual([]);
  expect(files).toEqual(expect.arrayContaining(["dist/index.js", "dist/index.d.ts", "dist/climate.js", "dist/simulation.js", "dist/workspace.js", "dist/react.js", "dist/messagepack.js", "dist/browser/realtimehub-client.js", "README.md"]));
});

test("The package needs nothing but the official SignalR client", () => {
  const manifest = JSON.parse(readFileSync(join(project, "node_modules/@realtimehub/client/package.json"), "utf8")) as Record<string, Record<string, unknown>>;
  expect(Object.keys(manifest.dependencies!)).toEqual(["@microsoft/signalr"]);
  expect(manifest.peerDependenciesMeta).toEqual({ "@microsoft/signalr-protocol-msgpack": { optional: true }, react: { optional: true } });
});

test("An installed package works against a server", () => {
  const script = `
    import { connect } from "@realtimehub/client";
    const client = connect({ url: process.env.URL, credential: "dev-key" });
    for await (const frame of client.system.tail()) {
      console.log(frame.type, frame.payload.cpu.count > 0, client.system.facts.transport);
      break;
    }
    await client.close();
  `;
  expect(run("node", ["--input-type=module", "--eval", script], project, { URL: server.url }).trim()).toBe("node.status true webSockets");
});

test("Its types hold in a strict project", () => {
  writeFileSync(
    join(project, "use.ts"),
    `import { connect, type FrameEnvelope, type JobStatus } from "@realtimehub/client";
     import { SimulationClient } from "@realtimehub/client/simulation";
     const client = connect({ url: "http://localhost", hubs: { simulation: SimulationClient }, credential: async ({ hub }) => \`ticket for \${hub}\` });
     export async function use(): Promise<number> {
       const subscription = await client.jobs.subscribeJobs({}, (frame: FrameEnvelope<JobStatus>) => frame.payload.progress.toFixed(1));
       // @ts-expect-error a run has an id
       await client.simulation.steerRun({ alpha: 0.1 });
       // @ts-expect-error a pattern is a text
       await client.events.subscribe({ patterns: [1] }, () => undefined);
       // @ts-expect-error there is no such member
       await client.jobs.list({ stat: "running" });
       return subscription.coverage().totals().missing;
     }`,
  );
  const options = ["--noEmit", "--strict", "--exactOptionalPropertyTypes", "--module", "nodenext", "--target", "es2022", "--lib", "es2023,dom,esnext.disposable"];
  expect(run("sh", ["-c", `${join(root, "node_modules/.bin/tsc")} ${options.join(" ")} use.ts || true`], project)).toBe("");
});
