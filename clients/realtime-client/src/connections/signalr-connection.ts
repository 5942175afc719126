import {
  DefaultHttpClient,
  HttpError,
  HubConnectionBuilder,
  JsonHubProtocol,
  LogLevel,
  NullLogger,
  type HttpRequest,
  type HttpResponse,
  type HubConnection,
  type IHubProtocol,
  type ILogger,
} from "@microsoft/signalr";
import { problemOf } from "../errors.js";
import type { ProtocolError } from "../wire.js";
import type { Connection, ConnectionFacts, ConnectionRequest } from "./connection.js";

/** Opens connections with the official client, without its own reconnecting: ours resumes. */
export function openSignalR(request: ConnectionRequest): Connection {
  const http = new WatchedHttpClient();
  const protocol = new CountingProtocol(request.protocol ?? new JsonHubProtocol());
  const hub = new HubConnectionBuilder()
    .withUrl(request.url, { httpClient: http, ...(request.accessToken && { accessTokenFactory: request.accessToken }) })
    .withHubProtocol(protocol)
    .configureLogging(LogLevel.None)
    .build();
  hub.keepAliveIntervalInMilliseconds = request.keepAliveIntervalMs;
  hub.serverTimeoutInMilliseconds = request.serverTimeoutMs;
  return new SignalRConnection(hub, http, protocol);
}

class SignalRConnection implements Connection {
  readonly #hub: HubConnection;
  readonly #http: WatchedHttpClient;
  readonly #protocol: CountingProtocol;

  constructor(hub: HubConnection, http: WatchedHttpClient, protocol: CountingProtocol) {
    this.#hub = hub;
    this.#http = http;
    this.#protocol = protocol;
  }

  get facts(): ConnectionFacts {
    return {
      transport: this.#http.transport,
      protocol: this.#protocol.name,
      bytesReceived: this.#protocol.received,
      bytesSent: this.#protocol.sent,
      ...(this.#http.refusal && { refusal: this.#http.refusal }),
    };
  }

  start(): Promise<void> {
    return this.#hub.start();
  }

  stop(): Promise<void> {
    return this.#hub.stop();
  }

  invoke(method: string, ...args: unknown[]): Promise<unknown> {
    return this.#hub.invoke(method, ...args);
  }

  stream(method: string, ...args: unknown[]): ReturnType<Connection["stream"]> {
    return this.#hub.stream(method, ...args);
  }

  on(target: string, handler: (message: never) => void): void {
    this.#hub.on(target, handler);
  }

  onclose(callback: (error?: Error) => void): void {
    this.#hub.onclose(callback);
  }
}

// The official client turns a refusal into text; and which transport it chose shows in the requests that it makes.
class WatchedHttpClient extends DefaultHttpClient {
  refusal: { status: number; error?: ProtocolError } | undefined;
  transport = "webSockets";

  constructor() {
    super(NullLogger.instance);
  }

  override async send(request: HttpRequest): Promise<HttpResponse> {
    if (request.method === "GET") {
      this.transport = "longPolling";
    } else if (this.transport === "webSockets" && request.url?.includes("/negotiate?") === false) {
      this.transport = "serverSentEvents";
    }
    try {
      return await super.send(request);
    } catch (error) {
      if (error instanceof HttpError) {
        const problem = problemIn(error.message);
        this.refusal = { status: error.statusCode, ...(problem && { error: problem }) };
      }
      throw error;
    }
  }
}

// The official client puts the body of a refusal into the error's message, and the status after it.
function problemIn(message: string): ProtocolError | undefined {
  try {
    return problemOf(JSON.parse(message.slice(0, message.lastIndexOf("}") + 1)));
  } catch {
    return undefined;
  }
}

class CountingProtocol implements IHubProtocol {
  received = 0;
  sent = 0;
  readonly #inner: IHubProtocol;

  constructor(inner: IHubProtocol) {
    this.#inner = inner;
  }

  get name(): string {
    return this.#inner.name;
  }

  get version(): number {
    return this.#inner.version;
  }

  get transferFormat(): IHubProtocol["transferFormat"] {
    return this.#inner.transferFormat;
  }

  parseMessages(input: string | ArrayBuffer, logger: ILogger): ReturnType<IHubProtocol["parseMessages"]> {
    this.received += lengthOf(input);
    return this.#inner.parseMessages(input, logger);
  }

  writeMessage(message: Parameters<IHubProtocol["writeMessage"]>[0]): string | ArrayBuffer {
    const output = this.#inner.writeMessage(message);
    this.sent += lengthOf(output);
    return output;
  }
}

function lengthOf(data: string | ArrayBuffer): number {
  return typeof data === "string" ? data.length : data.byteLength;
}
