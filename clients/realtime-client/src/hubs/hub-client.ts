import type { ConnectionFacts } from "../connections/connection.js";
import type { ConnectionState } from "../connections/connection-state.js";
import { HubLink } from "../connections/hub-link.js";
import type { HubRoute } from "../connections/hub-session.js";
import { RealtimeHubProxy } from "../generated/hubs.js";
import { unlessAborted } from "../deferred.js";
import { Emitter, type Off } from "../emitter.js";
import { ConnectionError, RefusedError } from "../errors.js";
import type { Settings } from "../options.js";
import type { SequenceOptions } from "../sequences/frame-sequence.js";
import { SubscriptionSequence } from "../sequences/subscription-sequence.js";
import { Subscription } from "../subscriptions/subscription.js";
import type { SubscriptionEvents } from "../subscriptions/subscription-events.js";
import type { AnyPlan } from "../subscriptions/subscription-plan.js";
import type { AckResult, FrameEnvelope, Heartbeat } from "../wire.js";

/** What the connection to a hub tells. */
export interface HubEvents {
  /** Every change, in order. */
  readonly state: ConnectionState;
  readonly connecting: ConnectionState & { readonly kind: "connecting" };
  readonly connected: ConnectionState & { readonly kind: "connected" };
  readonly reconnecting: ConnectionState & { readonly kind: "reconnecting" };
  readonly disconnected: ConnectionState & { readonly kind: "disconnected" };
  /** The server lives, and where its subscriptions stand. */
  readonly heartbeat: Heartbeat;
  /** What no call can answer: failed attempts, notices of the server, handlers that throw. */
  readonly error: Error;
}

/** Called for each frame, once and in order. */
export type FrameHandler<P = unknown> = (frame: FrameEnvelope<P>, subscription: Subscription<P>) => unknown;

/** What to do with what a subscription tells: a function for its frames, or one function for each thing. */
export type SubscriptionHandler<P = unknown> =
  | FrameHandler<P>
  | { readonly [Name in keyof SubscriptionEvents<P>]?: (value: SubscriptionEvents<P>[Name], subscription: Subscription<P>) => unknown };

const maxLanes = 8;

/**
 * What the clients of all hubs have in common: a connection that is opened by the first call and comes back by itself,
 * until it is closed, the credential is refused, or the server says not to come back.
 */
export abstract class HubClient {
  readonly #route: HubRoute;
  readonly #settings: Settings;
  readonly #events = new Emitter<HubEvents>((error) => {
    console.error("A listener of the RealtimeHub client threw.", error);
  });
  // A connection has one subscription per channel: a second one of the same channel gets a connection of its own.
  readonly #lanes: HubLink[] = [];
  protected readonly link: HubLink;

  /** @internal */
  constructor(settings: Settings, route: HubRoute) {
    this.#settings = settings;
    this.#route = route;
    this.link = this.#openLane();
    this.link.events.on("state", (state) => {
      this.#events.emit("state", state);
      if (state.kind !== "idle") {
        this.#events.emit(state.kind, state);
      }
    });
  }

  /** The hub's name: `events`, `jobs` … */
  get name(): string {
    return this.#route.name;
  }

  /** Where the connection stands. */
  get state(): ConnectionState {
    return this.link.state;
  }

  /** How the open connection travels, and how much; undefined while there is none. */
  get facts(): ConnectionFacts | undefined {
    return this.link.session?.facts;
  }

  /** Every subscription that has not ended. */
  get subscriptions(): readonly Subscription[] {
    return this.#lanes.flatMap((lane) => lane.subscriptions.all());
  }

  /** Listens; the returned function stops that. */
  on<Name extends keyof HubEvents>(name: Name, listener: (value: HubEvents[Name]) => unknown): Off {
    return this.#events.on(name, listener);
  }

  /** Opens the connection now, or waits for it while it is away. */
  async connect(options: { readonly signal?: AbortSignal } = {}): Promise<void> {
    await this.link.connected(options.signal);
  }

  /** Asks whether the server is there; how long the answer took, in milliseconds. */
  async ping(): Promise<number> {
    const session = await this.link.connected();
    const asked = this.#settings.clock.now();
    await new RealtimeHubProxy(session).ping();
    return this.#settings.clock.now() - asked;
  }

  /** Acknowledges a frame of a subscription of this client. Undefined when the connection broke or the subscription has ended; a frame that comes again is acknowledged again. */
  async ack(frame: FrameEnvelope): Promise<AckResult | undefined> {
    const holders = this.subscriptions.filter((s) => s.channel === frame.channel);
    const holder = holders.find((s) => s.latest?.consumer !== undefined) ?? holders[0];
    return holder?.ack(frame);
  }

  /** Tries at once when it waits to reconnect, and looks whether an open connection still lives. */
  wake(): void {
    for (const lane of this.#lanes) {
      lane.wake();
    }
  }

  /** Gives the open connection a newer credential of the provider. It is done by itself before a token expires, and when the server asks. */
  async refreshCredential(): Promise<void> {
    await Promise.all(this.#lanes.map((lane) => lane.refreshCredential()));
  }

  /** Breaks the connection, as a network would, so that recovery can be watched. */
  cut(): void {
    for (const lane of this.#lanes) {
      lane.cut();
    }
  }

  /** Ends every subscription and closes the connection. */
  async close(): Promise<void> {
    await Promise.all(this.#lanes.map((lane) => lane.close()));
  }

  protected async subscribeBy<P>(
    plan: AnyPlan,
    handler: SubscriptionHandler<P> | ((subscription: Subscription<P>) => void),
    options: SequenceOptions & { readonly isPrepared?: boolean } = {},
  ): Promise<Subscription<P>> {
    for (let index = 0; ; index++) {
      const lane = this.#lanes[index] ?? this.#openLane();
      if (lane.subscriptions.has(plan.request.id) && index < maxLanes) {
        continue;
      }
      const subscription = new Subscription<P>(lane, plan);
      if (options.isPrepared === true) {
        (handler as (subscription: Subscription<P>) => void)(subscription);
      } else {
        attach(subscription, handler as SubscriptionHandler<P>);
      }
      try {
        await start(lane, subscription, options.signal);
        void subscription.ended.then(() => {
          this.#closeIfUnused(lane);
        });
        return subscription;
      } catch (error) {
        void subscription.unsubscribe();
        this.#closeIfUnused(lane);
        if (!(error instanceof RefusedError && error.code === "SUBSCRIPTION_CONFLICT" && index < maxLanes)) {
          throw error;
        }
      }
    }
  }

  protected sequenceBy<P>(plan: AnyPlan, options: SequenceOptions = {}): SubscriptionSequence<P> {
    return new SubscriptionSequence<P>(
      (listen) => this.subscribeBy<P>(plan, listen, { ...options, isPrepared: true }),
      this.#settings.queueCapacity,
      options,
    );
  }

  #openLane(): HubLink {
    const lane = new HubLink(this.#settings, this.#route);
    lane.events.on("heartbeat", (heartbeat) => {
      this.#events.emit("heartbeat", heartbeat);
    });
    lane.events.on("error", (error) => {
      this.#events.emit("error", error);
    });
    this.#lanes.push(lane);
    return lane;
  }

  #closeIfUnused(lane: HubLink): void {
    if (lane !== this.link && lane.subscriptions.all().length === 0 && this.#lanes.includes(lane)) {
      this.#lanes.splice(this.#lanes.indexOf(lane), 1);
      void lane.close();
    }
  }
}

/** Has a subscription begin on a lane. @internal */
export async function start(lane: HubLink, subscription: Subscription, signal: AbortSignal | undefined): Promise<void> {
  if (lane.state.kind === "disconnected" && !(lane.state.error instanceof ConnectionError)) {
    await lane.connected(signal); // Closed by the client: says so.
  }
  lane.subscriptions.add(subscription);
  if (lane.session !== undefined) {
    void subscription.join(lane.session);
  } else {
    lane.connected(signal).catch(() => undefined);
  }
  await unlessAborted(subscription.started, signal);
}

/** Hands what a subscription tells to its handler. @internal */
export function attach<P>(subscription: Subscription<P>, handler: SubscriptionHandler<P>): void {
  if (typeof handler === "function") {
    subscription.on("frame", (frame) => handler(frame, subscription));
    return;
  }
  for (const name of Object.keys(handler) as (keyof SubscriptionEvents<P>)[]) {
    const listener = handler[name] as ((value: unknown, subscription: Subscription<P>) => unknown) | undefined;
    subscription.on(name, (value) => listener?.(value, subscription));
  }
}
