import type { IStreamResult } from "@microsoft/signalr";
import { deferred, unlessAborted } from "../deferred.js";
import { ConnectionError } from "../errors.js";
import { urlOf, type Settings } from "../options.js";
import type { HubCaller } from "../generated/hubs.js";
import type { Control } from "../wire.js";
import type { Connection, ConnectionFacts } from "./connection.js";

/** What the server pushes, by name. */
export type PushName =
  | "Frame" | (typeof notices)[number];

export type OnPushed = (session: HubSession, name: PushName, message: never) => void;

const notices = [
  "Heartbeat", "Subscribed", "Unsubscribed", "Gap", "Skipped", "Degraded", "Restored", "Error", "CredentialTerm", "Control", "PresenceState", "PresenceDiff",
] as const;

/** The path of a hub, without what the connection asks of it. */
export function hubOf(route: HubRoute): string {
  return route.path.replace(/\?.*$/, "");
}

/** Where one hub is, and what it pushes. */
export interface HubRoute {
  readonly name: string;
  readonly path: string;
  readonly pushes: readonly string[];
}

/** One connection to a hub, from its opening to its end. It is never opened again; the link makes a new one. */
export class HubSession implements HubCaller {
  readonly openedAt: number;
  /** What it was opened with. */
  credential: Promise<string | undefined> = Promise.resolve(undefined);
  /** Resolves when the connection has closed. */
  readonly closed: Promise<void>;
  readonly #connection: Connection;
  readonly #settings: Settings;
  readonly #route: HubRoute;
  #control: Control | undefined;
  #isClosed = false;
  #cause: Error | undefined;
  #end!: () => void;

  private constructor(settings: Settings, route: HubRoute, connection: Connection, onPushed: OnPushed) {
    this.#settings = settings;
    this.#route = route;
    this.openedAt = settings.clock.now();
    this.closed = new Promise((resolve) => {
      this.#end = resolve;
    });
    this.#connection = connection;
    connection.onclose((error) => {
      this.#finish(error);
    });
    for (const target of route.pushes) {
      const name = notices.find((notice) => notice === target) ?? "Frame";
      connection.on(target, (message) => {
        if (name === "Control") {
          this.#control = message;
        }
        onPushed(this, name, message);
      });
    }
  }

  /** Connects, with a credential of its own. */
  static async open(settings: Settings, route: HubRoute, onPushed: OnPushed, signal: AbortSignal): Promise<HubSession> {
    const { credential } = settings;
    let asked: Promise<string> | undefined;
    const connection = settings.openConnection({
      url: urlOf(settings, route.path),
      // One session uses one credential for all its requests: a ticket is good for one connection.
      accessToken: credential && (() => (asked ??= Promise.resolve().then(() => credential({ hub: hubOf(route) })))),
      protocol: settings.protocol,
      keepAliveIntervalMs: settings.keepAliveIntervalMs,
      serverTimeoutMs: settings.serverTimeoutMs,
    });
    const session = new HubSession(settings, route, connection, onPushed);
    try {
      await session.#start(signal);
      session.credential = asked ?? session.credential;
      return session;
    } catch (error) {
      session.close();
      signal.throwIfAborted();
      throw session.#notOpened(error);
    }
  }

  get isClosed(): boolean {
    return this.#isClosed;
  }

  /** The server's last word, if it had one. */
  get control(): Control | undefined {
    return this.#control;
  }

  /** Why it closed, where that is known. */
  get cause(): Error | undefined {
    return this.#cause;
  }

  get facts(): ConnectionFacts {
    return this.#connection.facts;
  }

  /** Calls a hub method. Throws a ConnectionError when the connection breaks before the answer comes. */
  async invoke<T>(method: string, ...args: unknown[]): Promise<T> {
    try {
      return (await this.#connection.invoke(method, ...args)) as T;
    } catch (error) {
      // A call that the hub itself failed leaves the connection open.
      if (!this.#isClosed) {
        throw error;
      }
      throw this.#control?.reconnect === false ? this.ended() : this.broken(error);
    }
  }

  stream<T>(method: string, ...args: unknown[]): IStreamResult<T> {
    return this.#connection.stream(method, ...args);
  }

  on(): void {
    throw new Error("A session hands on what is pushed by itself");
  }

  off(): void {
    this.on();
  }

  /** Closes; what the server still sends is not handed on. */
  close(cause?: Error): void {
    this.#finish(cause);
    this.#connection.stop().catch(() => undefined);
  }

  /** The error of an end that the server decided. */
  ended(): ConnectionError {
    return new ConnectionError("ended", `The server ended the connection to ${this.#route.path} for good: ${this.#control?.reason ?? ""}`, {
      control: this.#control,
    });
  }

  broken(cause?: unknown): ConnectionError {
    return new ConnectionError("broken", `The connection to ${this.#route.path} broke before the answer came`, { cause });
  }

  async #start(signal: AbortSignal): Promise<void> {
    const { clock, connectTimeoutMs } = this.#settings;
    const late = deferred<never>();
    const cancel = clock.after(connectTimeoutMs, () => {
      late.reject(new Error(`no connection within ${String(connectTimeoutMs)} ms`));
    });
    const closed = this.closed.then(() => {
      throw this.#cause ?? new Error("the connection closed");
    });
    try {
      await unlessAborted(Promise.race([this.#connection.start(), closed, late.promise]), signal);
    } finally {
      cancel();
    }
  }

  #notOpened(cause: unknown): ConnectionError {
    const refusal = this.#connection.facts.refusal;
    const where = this.#route.path;
    return refusal === undefined
      ? new ConnectionError("unreachable", `${where} cannot be reached`, { cause })
      : new ConnectionError("refused", refusal.error?.message ?? `${where} answered with status ${String(refusal.status)}`, { ...refusal, cause });
  }

  #finish(cause: Error | undefined): void {
    if (!this.#isClosed) {
      this.#isClosed = true;
      this.#cause = cause;
      this.#end();
    }
  }
}
