import { spawn, type ChildProcess } from "node:child_process";
import { existsSync, statSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";

const root = join(import.meta.dirname, "..", "..");
const key = "dev-key";
let count = 0;

/** The real server as a process of its own, with its dashboard; it can be killed and started again on the same port. */
export class Server implements AsyncDisposable {
  readonly url: string;
  readonly #args: readonly string[];
  #process: ChildProcess | undefined;

  private constructor(port: number, args: readonly string[]) {
    this.url = `http://127.0.0.1:${String(port)}`;
    this.#args = args;
  }

  static async start(...args: string[]): Promise<Server> {
    const server = new Server(await freePort(), args);
    await server.start();
    return server;
  }

  async start(): Promise<void> {
    const settings = ["--SampleData:Enabled", "false", "--Channels:HeartbeatInterval", "00:00:01", "--System:Interval", "00:00:01", ...this.#args];
    const server = spawn("dotnet", [assembly(), "--urls", this.url, ...settings], {
      env: { ...process.env, ASPNETCORE_ENVIRONMENT: "Development", DOTNET_NOLOGO: "1" },
      stdio: ["ignore", "pipe", "pipe"],
    });
    this.#process = server;
    await new Promise<void>((resolve, reject) => {
      let output = "";
      const take = (chunk: Buffer): void => {
        output += chunk.toString();
        if (output.includes("RealtimeHub listens on")) {
          resolve();
        }
      };
      server.stdout.on("data", take);
      server.stderr.on("data", take);
      server.once("exit", () => reject(new Error(`The server ended; it printed: ${output}`)));
    });
  }

  /** Kills it, as a crash would. */
  async kill(): Promise<void> {
    const server = this.#process;
    this.#process = undefined;
    if (server?.exitCode === null && server.signalCode === null) {
      const ended = new Promise((resolve) => server.once("exit", resolve));
      server.kill("SIGKILL");
      await ended;
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.kill();
  }

  /** Publishes to a channel, as a producer would. */
  async publish(channel: string, ...events: object[]): Promise<void> {
    const response = await fetch(`${this.url}/api/v1/channels/${encodeURIComponent(channel)}/events`, {
      method: "POST",
      headers: { "X-API-Key": key, "Content-Type": "application/x-ndjson" },
      body: events.map((event) => JSON.stringify(event)).join("\n"),
    });
    if (!response.ok) {
      throw new Error(`${String(response.status)} ${await response.text()}`);
    }
  }
}

/** A security event as a producer publishes it. */
export function securityEvent(summary: string, risk = 20, camera = "front_door"): object {
  const id = ++count;
  const level = risk >= 85 ? "critical" : risk >= 60 ? "high" : risk >= 30 ? "medium" : "low";
  return {
    type: "event",
    payload: {
      id, event_id: id, batch_id: `batch_${String(id)}`, camera_id: camera, risk_score: risk, risk_level: level, summary,
      reasoning: "Published by a test",
    },
  };
}

/** The lines of a job that runs and ends. */
export function job(id: string, lines: number): object[] {
  return [
    { type: "job.started", payload: { job_id: id, job_type: "test", started_at: new Date().toISOString() } },
    ...Array.from({ length: lines }, (_, i) => ({
      type: "job.log",
      payload: { level: i % 500 === 499 ? "error" : i % 100 === 99 ? "warning" : "info", message: `line ${String(i + 1)} of ${id}` },
    })),
  ];
}

function assembly(): string {
  const builds = ["Release", "Debug"]
    .map((configuration) => join(root, "src/RealtimeHub.Server/bin", configuration, "net10.0/RealtimeHub.Server.dll"))
    .filter((path) => existsSync(path))
    .sort((a, b) => statSync(b).mtimeMs - statSync(a).mtimeMs);
  if (builds[0] === undefined) {
    throw new Error("Build the server first: dotnet build src/RealtimeHub.Server");
  }
  return builds[0];
}

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const probe = createServer().listen(0, "127.0.0.1", () => {
      const { port } = probe.address() as { port: number };
      probe.close(() => resolve(port));
    });
  });
}
