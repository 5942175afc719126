import type { IHubProtocol, IStreamResult } from "@microsoft/signalr";
import type { ProtocolError } from "../wire.js";

/** One SignalR connection, from its opening to its end; the part of the official `HubConnection` that the client needs. */
export interface Connection {
  start(): Promise<void>;
  stop(): Promise<void>;
  invoke(method: string, ...args: unknown[]): Promise<unknown>;
  stream(method: string, ...args: unknown[]): IStreamResult<unknown>;
  on(target: string, handler: (message: never) => void): void;
  onclose(callback: (error?: Error) => void): void;
  /** What is known of it: how it travels, and how much. */
  readonly facts: ConnectionFacts;
}

/** How a connection travels, and how much. */
export interface ConnectionFacts {
  /** `webSockets`, `serverSentEvents` or `longPolling`; undefined before it is open. */
  readonly transport?: string;
  /** `json` or `messagepack`. */
  readonly protocol: string;
  /** Since it was opened; characters for JSON, bytes for MessagePack. */
  readonly bytesReceived: number;
  readonly bytesSent: number;
  /** What the server answered instead of opening the connection. */
  readonly refusal?: { readonly status: number; readonly error?: ProtocolError };
}

export interface ConnectionRequest {
  readonly url: string;
  readonly accessToken: (() => string | Promise<string>) | undefined;
  readonly protocol: IHubProtocol | undefined;
  readonly keepAliveIntervalMs: number;
  readonly serverTimeoutMs: number;
}

/** Makes a connection that is not yet started. */
export type ConnectionFactory = (request: ConnectionRequest) => Connection;
