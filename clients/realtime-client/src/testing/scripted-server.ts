import type { IStreamResult, IStreamSubscriber, ISubscription } from "@microsoft/signalr";
import type { Connection, ConnectionFacts, ConnectionFactory, ConnectionRequest } from "../connections/connection.js";
import { deferred } from "../deferred.js";
import type { Environment } from "../environment.js";
import type { ClientOptions } from "../options.js";
import type { FrameEnvelope, StreamItem, Subscribed, SubscribeRequest } from "../wire.js";
import { ManualClock, settle } from "./manual-clock.js";

/** A call of a client, as the server saw it. */
export interface ScriptedCall {
  readonly method: string;
  readonly argument: Readonly<Record<string, unknown>>;
}

/** Answers one call of a hub method. */
export type Answer = (argument: Readonly<Record<string, unknown>>, connection: ScriptedConnection) => unknown;

/** A server that does what a test says, without a network and without time. */
export class ScriptedServer {
  readonly clock = new ManualClock();
  readonly connections: ScriptedConnection[] = [];
  /** What it answers the next attempts to connect with; nothing accepts. */
  readonly refusals: (ConnectionFacts["refusal"] | "unreachable" | "silent")[] = [];
  readonly answers = new Map<string, Answer>();
  /** What jitter gets: the share of the limit. */
  jitter = 1;
  readonly #wakers = new Set<() => void>();

  constructor() {
    const subscribe: Answer = (request, connection) => connection.accept(request);
    for (const method of ["Subscribe", "SubscribeJob", "SubscribeJobs", "Resync"]) {
      this.answers.set(method, subscribe);
    }
    this.answers.set("Ping", () => ({ type: "pong", timestamp: "2026-01-01T00:00:00.000Z" }));
    this.answers.set("Unsubscribe", () => ({ removed: true }));
    this.answers.set("Ack", ({ sequences }) => ({ acknowledged: sequences, unknown: [], floor: 0, unacknowledged: 0 }));
  }

  /** The connection that was opened last. */
  get latest(): ScriptedConnection {
    return this.connections.at(-1)!;
  }

  /** The client's network or tab comes back. */
  wake(): void {
    for (const wake of this.#wakers) {
      wake();
    }
  }

  /** Options of a client that talks to this server. */
  options(more: ClientOptions = {}): ClientOptions {
    const environment: Environment = {
      onWake: (wake) => {
        this.#wakers.add(wake);
        return () => {
          this.#wakers.delete(wake);
        };
      },
    };
    return {
      url: "http://scripted.test",
      clock: this.clock,
      random: () => this.jitter,
      openConnection: this.open,
      environment,
      ...more,
    };
  }

  readonly open: ConnectionFactory = (request) => {
    const connection = new ScriptedConnection(this, request, this.refusals.shift());
    this.connections.push(connection);
    return connection;
  };
}

export class ScriptedConnection implements Connection {
  readonly calls: ScriptedCall[] = [];
  readonly streams: ScriptedStream[] = [];
  readonly request: ConnectionRequest;
  token: string | undefined;
  isOpen = false;
  readonly #server: ScriptedServer;
  readonly #refusal: ConnectionFacts["refusal"] | "unreachable" | "silent" | undefined;
  readonly #handlers = new Map<string, (message: never) => void>();
  readonly #pending = new Set<(error: Error) => void>();
  #onClose: (error?: Error) => void = () => undefined;

  constructor(server: ScriptedServer, request: ConnectionRequest, refusal: ConnectionFacts["refusal"] | "unreachable" | "silent" | undefined) {
    this.#server = server;
    this.request = request;
    this.#refusal = refusal;
  }

  get facts(): ConnectionFacts {
    return {
      transport: "webSockets",
      protocol: "json",
      bytesReceived: 0,
      bytesSent: 0,
      ...(typeof this.#refusal === "object" && { refusal: this.#refusal }),
    };
  }

  /** The calls of one method. */
  callsOf(method: string): ScriptedCall["argument"][] {
    return this.calls.filter((call) => call.method === method).map((call) => call.argument);
  }

  async start(): Promise<void> {
    this.token = await this.request.accessToken?.();
    if (this.#refusal === "silent") {
      await new Promise(() => undefined);
    }
    if (this.#refusal !== undefined) {
      throw new Error("refused");
    }
    this.isOpen = true;
  }

  stop(): Promise<void> {
    this.drop();
    return Promise.resolve();
  }

  async invoke(method: string, argument: Readonly<Record<string, unknown>> = {}): Promise<unknown> {
    this.calls.push({ method, argument });
    const broken = deferred<never>();
    this.#pending.add(broken.reject);
    const answer = Promise.resolve().then(() => this.#server.answers.get(method)?.(argument, this));
    return Promise.race([answer, broken.promise]).finally(() => this.#pending.delete(broken.reject));
  }

  stream(method: string, argument: Readonly<Record<string, unknown>> = {}): IStreamResult<unknown> {
    this.calls.push({ method, argument });
    return {
      subscribe: (subscriber: IStreamSubscriber<unknown>): ISubscription<unknown> => {
        const stream = new ScriptedStream(subscriber);
        this.streams.push(stream);
        return {
          dispose: () => {
            stream.isDisposed = true;
          },
        };
      },
    };
  }

  on(target: string, handler: (message: never) => void): void {
    this.#handlers.set(target, handler);
  }

  onclose(callback: (error?: Error) => void): void {
    this.#onClose = callback;
  }

  push(target: string, message: unknown): void {
    this.#handlers.get(target)?.(message as never);
  }

  pushFrames(...sequences: number[]): void {
    for (const sequence of sequences) {
      this.push("Event", frame(sequence));
    }
  }

  /** Grants a subscription, and says so ahead of the answer, as the server does. */
  accept(request: SubscribeRequest, more: Partial<Subscribed> = {}): unknown {
    const subscription = subscribed({
      id: request.id ?? "events",
      epoch: request.from?.epoch ?? "a",
      sequence: request.from?.sequence ?? 0,
      ...(request.from && { recovered: true }),
      ...more,
    });
    this.push("Subscribed", subscription);
    return { subscription };
  }

  /** The connection breaks. */
  drop(error?: Error): void {
    if (this.isOpen) {
      this.isOpen = false;
      for (const reject of this.#pending) {
        reject(error ?? new Error("closed"));
      }
      for (const stream of this.streams) {
        stream.subscriber.error(error ?? new Error("closed"));
      }
      this.#onClose(error);
    }
  }
}

export class ScriptedStream {
  readonly subscriber: IStreamSubscriber<unknown>;
  isDisposed = false;

  constructor(subscriber: IStreamSubscriber<unknown>) {
    this.subscriber = subscriber;
  }

  send(...items: StreamItem[]): void {
    for (const item of items) {
      if (!this.isDisposed) {
        this.subscriber.next(item);
      }
    }
  }
}

export function subscribed(more: Partial<Subscribed> = {}): Subscribed {
  return { id: "events", channel: "events", epoch: "a", sequence: 0, recovered: false, ...more };
}

export function frame(sequence: number, more: Partial<FrameEnvelope> = {}): FrameEnvelope {
  return {
    type: "event",
    channel: "events",
    epoch: "a",
    sequence,
    timestamp: "2026-01-01T00:00:00.000Z",
    eventId: `e${String(sequence)}`,
    encoding: "json",
    requires_ack: false,
    payload: { sequence },
    ...more,
  };
}

export { settle };
