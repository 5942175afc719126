import type { IHubProtocol } from "@microsoft/signalr";
import type { Coverage } from "./accounting/coverage.js";
import { ChannelsClient } from "./channels-client.js";
import { Emitter, type Off } from "./emitter.js";
import { EventsClient } from "./hubs/events-client.js";
import type { HubClient, HubEvents } from "./hubs/hub-client.js";
import { JobsClient } from "./hubs/jobs-client.js";
import { SystemClient } from "./hubs/system-client.js";
import { settingsOf, type ClientOptions, type Settings } from "./options.js";

/** What any of the hubs' connections tells, with the hub's name. */
export type ClientEvents = { readonly [Name in keyof HubEvents]: { readonly hub: string; readonly value: HubEvents[Name] } };

/** The books of one subscription, with where it is. */
export interface CoverageEntry {
  readonly hub: string;
  readonly id: string;
  readonly channel: string | undefined;
  readonly coverage: Coverage;
}

/** Clients of hubs that have entry points of their own, under the names that they get. */
export type MoreHubs = Readonly<Record<string, new (settings: never) => HubClient>>;

/** A client that has more hubs. */
export type ClientWith<Hubs extends MoreHubs> = RealtimeClient & { readonly [Name in keyof Hubs]: InstanceType<Hubs[Name]> };

const names = ["state", "connecting", "connected", "reconnecting", "disconnected", "heartbeat", "error"] as const;

/** A RealtimeHub server: one typed client per hub, and the HTTP API of its channels. Nothing is connected before the first call. */
export class RealtimeClient {
  /** Security events, alerts, detections and camera states. */
  readonly events: EventsClient;
  /** Jobs, their logs, and publishing both. */
  readonly jobs: JobsClient;
  /** The status of the server and of registered services. */
  readonly system: SystemClient;
  /** Channels over HTTP: publishing, listing, history. */
  readonly channels: ChannelsClient;
  readonly #settings: Settings;
  readonly #more: readonly HubClient[];
  readonly #emitter = new Emitter<ClientEvents>((error) => {
    console.error("A listener of the RealtimeHub client threw.", error);
  });

  /** @internal */
  constructor(options: ClientOptions & { readonly hubs?: MoreHubs }) {
    const settings = (this.#settings = settingsOf(options));
    this.events = new EventsClient(settings);
    this.jobs = new JobsClient(settings);
    this.system = new SystemClient(settings);
    this.channels = new ChannelsClient(settings);
    const more = Object.entries(options.hubs ?? {}).map(([name, Hub]) => [name, new Hub(settings as never)] as const);
    this.#more = more.map(([, hub]) => hub);
    Object.assign(this, Object.fromEntries(more));
    for (const hub of this.hubs) {
      for (const name of names) {
        hub.on(name, (value) => {
          this.#emitter.emit(name, { hub: hub.name, value } as never);
        });
      }
    }
  }

  /** The clients of all hubs. */
  get hubs(): readonly HubClient[] {
    return [this.events, this.jobs, this.system, ...this.#more];
  }

  /** Listens to all hubs; the returned function stops that. */
  on<Name extends keyof ClientEvents>(name: Name, listener: (value: ClientEvents[Name]) => unknown): Off {
    return this.#emitter.on(name, listener);
  }

  /** Goes on in another encoding, JSON when none is given: every connection is opened anew, and resumes. */
  switchProtocol(protocol?: IHubProtocol): void {
    this.#settings.protocol = protocol;
    for (const hub of this.hubs) {
      hub.cut();
    }
  }

  /** The books of every subscription that has not ended. */
  coverage(): CoverageEntry[] {
    return this.hubs.flatMap((hub) =>
      hub.subscriptions.map((s) => ({ hub: hub.name, id: s.id, channel: s.channel, coverage: s.coverage() })),
    );
  }

  /** Ends every subscription and closes every connection. */
  async close(): Promise<void> {
    await Promise.all(this.hubs.map((hub) => hub.close()));
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.close();
  }
}

/** A client of the server at `url`. It connects by itself with the first call, and comes back by itself. `hubs` names more hubs that it shall have. */
export function connect<Hubs extends MoreHubs>(options: ClientOptions & { readonly hubs: Hubs }): ClientWith<Hubs>;
export function connect(options?: ClientOptions): RealtimeClient;
export function connect(options: ClientOptions & { readonly hubs?: MoreHubs } = {}): RealtimeClient {
  return new RealtimeClient(options);
}
