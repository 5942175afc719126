import { spawn, type ChildProcess } from "node:child_process";
import { existsSync, statSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";

const root = join(import.meta.dirname, "..", "..", "..");

/** The real server as a process of its own; it can be killed and started again on the same port. */
export class ServerProcess implements AsyncDisposable {
  readonly url: string;
  readonly #args: readonly string[];
  #process: ChildProcess | undefined;

  private constructor(port: number, args: readonly string[]) {
    this.url = `http://127.0.0.1:${String(port)}`;
    this.#args = args;
  }

  /** Starts a server on a free port and waits until it listens. */
  static async start(...args: string[]): Promise<ServerProcess> {
    const server = new ServerProcess(await freePort(), args);
    await server.start();
    return server;
  }

  get port(): number {
    return Number(new URL(this.url).port);
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
      const take = (chunk: Buffer) => {
        output += chunk.toString();
        if (output.includes("RealtimeHub listens on")) {
          resolve();
        }
      };
      server.stdout.on("data", take);
      server.stderr.on("data", take);
      server.once("exit", () => {
        reject(new Error(`The server ended; it printed: ${output}`));
      });
    });
  }

  /** Ends it, as a crash would, or with `SIGTERM` as an orderly stop. */
  async stop(signal: "SIGKILL" | "SIGTERM" = "SIGKILL"): Promise<void> {
    const server = this.#process;
    this.#process = undefined;
    if (server?.exitCode === null && server.signalCode === null) {
      const ended = new Promise((resolve) => server.once("exit", resolve));
      server.kill(signal);
      await ended;
    }
  }

  /** Publishes to a channel over HTTP, as a producer would: all of the events or none. */
  async publish(channel: string, ...events: object[]): Promise<void> {
    const response = await fetch(`${this.url}/api/v1/channels/${encodeURIComponent(channel)}/events`, {
      method: "POST",
      headers: { "X-API-Key": "dev-key", "Content-Type": "application/x-ndjson" },
      body: events.map((event) => JSON.stringify(event)).join("\n"),
    });
    if (!response.ok) {
      throw new Error(`${String(response.status)} ${await response.text()}`);
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.stop();
  }
}

// The newest build there is; the test run builds the server first.
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

export function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const probe = createServer().listen(0, "127.0.0.1", () => {
      const { port } = probe.address() as { port: number };
      probe.close(() => {
        resolve(port);
      });
    });
  });
}
