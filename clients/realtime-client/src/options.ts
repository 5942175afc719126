import type { IHubProtocol } from "@microsoft/signalr";
import { systemClock, type Clock } from "./clock.js";
import type { ConnectionFactory } from "./connections/connection.js";
import { openSignalR } from "./connections/signalr-connection.js";
import { browserEnvironment, type Environment } from "./environment.js";

/** Gives a credential, or a one-use ticket for the hub at this path (undefined: for the HTTP API); asked anew for every connection. */
export type CredentialProvider = (request: { readonly hub: string | undefined }) => string | Promise<string>;

/** Where the server is, who is asking, and how patient the client is. */
export interface ClientOptions {
  /** The address of the server, `http` or `https`; its path stands in front of the hubs'. Default: where the page comes from. */
  readonly url?: string | URL;
  /** An API key or token, or what gives one, or one-use tickets, anew for every connection. Default: none; the browser sends its session cookie. */
  readonly credential?: string | CredentialProvider;
  /** The encoding. Default: JSON. For MessagePack give `messagePack()` of `@realtimehub/client/messagepack`. */
  readonly protocol?: IHubProtocol;
  /** The first reconnect waits anything up to this; each further one up to twice as long. Default 500. */
  readonly backoffBaseMs?: number;
  /** No reconnect waits longer than this. Default 20,000. */
  readonly backoffCapMs?: number;
  /** A connection that held this long resets the backoff. Default 30,000. */
  readonly healthyAfterMs?: number;
  /** How long one attempt to connect may take. Default 10,000. */
  readonly connectTimeoutMs?: number;
  /** How often the client tells the server that it lives. Default 15,000. */
  readonly keepAliveIntervalMs?: number;
  /** A server that says nothing for this long is taken for gone. Default 30,000. */
  readonly serverTimeoutMs?: number;
  /** After a wake-up an open connection must answer within this. Default 5,000. */
  readonly livenessTimeoutMs?: number;
  /** How many items wait for a slow `for await` before the server is asked to stop; it goes on where it stopped. Default 1,024. */
  readonly queueCapacity?: number;
  /** The clock. Default: the system's. */
  readonly clock?: Clock;
  /** The source of jitter, from 0 up to 1. Default: `Math.random`. */
  readonly random?: () => number;
  /** What opens a connection. Default: the official SignalR client. */
  readonly openConnection?: ConnectionFactory;
  /** Tells when the network or the tab comes back. Default: the browser's events. */
  readonly environment?: Environment;
  /** HTTP. Default: the platform's. */
  readonly fetch?: typeof fetch;
}

/** The options with their defaults. */
export type Settings = Required<Omit<ClientOptions, "credential" | "protocol" | "url">> & {
  readonly url: URL;
  readonly credential: CredentialProvider | undefined;
  /** Whether asking again may give another credential. */
  readonly isRenewable: boolean;
  /** The encoding of connections that are opened from now on. */
  protocol: IHubProtocol | undefined;
};

export function settingsOf(options: ClientOptions): Settings {
  const { credential } = options;
  const settings: Settings = {
    backoffBaseMs: options.backoffBaseMs ?? 500,
    backoffCapMs: options.backoffCapMs ?? 20_000,
    healthyAfterMs: options.healthyAfterMs ?? 30_000,
    connectTimeoutMs: options.connectTimeoutMs ?? 10_000,
    keepAliveIntervalMs: options.keepAliveIntervalMs ?? 15_000,
    serverTimeoutMs: options.serverTimeoutMs ?? 30_000,
    livenessTimeoutMs: options.livenessTimeoutMs ?? 5_000,
    queueCapacity: options.queueCapacity ?? 1_024,
    clock: options.clock ?? systemClock,
    random: options.random ?? Math.random,
    openConnection: options.openConnection ?? openSignalR,
    environment: options.environment ?? browserEnvironment,
    fetch: options.fetch ?? ((input, init) => fetch(input, init)),
    url: addressOf(options.url),
    credential: typeof credential === "string" ? () => credential : credential,
    isRenewable: typeof credential === "function",
    protocol: options.protocol,
  };
  check(settings.backoffCapMs >= settings.backoffBaseMs && settings.backoffBaseMs >= 0, "backoffCapMs must not be below backoffBaseMs, nor that below 0");
  check(settings.serverTimeoutMs > settings.keepAliveIntervalMs, "serverTimeoutMs must be above keepAliveIntervalMs");
  check(settings.connectTimeoutMs > 0, "connectTimeoutMs must be above 0");
  check(settings.queueCapacity >= 1, "queueCapacity must be at least 1");
  return settings;
}

/** The address of one path of the server. */
export function urlOf(settings: Settings, path: string): string {
  return settings.url.origin + settings.url.pathname.replace(/\/+$/, "") + path;
}

function addressOf(url: string | URL | undefined): URL {
  const address = url ?? (globalThis as { location?: { origin: string } }).location?.origin;
  if (address === undefined) {
    throw new TypeError("url is missing: outside a browser say where the server is");
  }
  const parsed = new URL(address, (globalThis as { location?: { href: string } }).location?.href);
  parsed.protocol = parsed.protocol.replace(/^ws/, "http");
  check(/^https?:$/.test(parsed.protocol), `url must be an absolute http or https address; it is '${String(url)}'`);
  return parsed;
}

function check(holds: boolean, sentence: string): void {
  if (!holds) {
    throw new RangeError(sentence);
  }
}
