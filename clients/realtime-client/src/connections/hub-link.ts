import { pause } from "../clock.js";
import { deferred, unlessAborted, type Deferred } from "../deferred.js";
import { Emitter, type Off } from "../emitter.js";
import { asError, ConnectionError, RefusedError, refusalOf } from "../errors.js";
import type { Settings } from "../options.js";
import { SubscriptionTable } from "../subscriptions/subscription-table.js";
import type { Heartbeat } from "../wire.js";
import { Backoff } from "./backoff.js";
import { RealtimeHubProxy } from "../generated/hubs.js";
import { CredentialRefresh } from "./credential-refresh.js";
import { mayFollow, type ConnectionState } from "./connection-state.js";
import { HubSession, type HubRoute, type PushName } from "./hub-session.js";

/** What a link tells. */
export interface LinkEvents {
  readonly state: ConnectionState;
  readonly heartbeat: Heartbeat;
  readonly error: Error;
}

// The server says so when a credential has expired, and waits a little for a newer one.
const credentialExpired = "CREDENTIAL_EXPIRED";

interface Failure {
  readonly error: Error | undefined;
  readonly session?: HubSession;
}

/** The lasting connection to one hub: it opens sessions one after another and puts every subscription into each. */
export class HubLink {
  readonly route: HubRoute;
  readonly settings: Settings;
  readonly subscriptions: SubscriptionTable;
  readonly events = new Emitter<LinkEvents>((error) => {
    console.error("A listener of the RealtimeHub client threw.", error);
  });
  readonly #backoff: Backoff;
  readonly #closing = new AbortController();
  readonly #offWake: Off;
  #state: ConnectionState = { kind: "idle" };
  #session: HubSession | undefined;
  #waiting: Deferred<HubSession> | undefined;
  #hurry: (() => void) | undefined;
  #mayRenew = false;
  readonly #credentials: CredentialRefresh;
  #running: Promise<void> = Promise.resolve();

  constructor(settings: Settings, route: HubRoute) {
    this.settings = settings;
    this.route = route;
    this.#backoff = new Backoff(settings);
    this.subscriptions = new SubscriptionTable((error) => {
      this.report(error);
    });
    this.#credentials = new CredentialRefresh(settings, route, (error) => {
      this.report(error);
    });
    this.#offWake = settings.environment.onWake(() => {
      this.wake();
    });
  }

  get state(): ConnectionState {
    return this.#state;
  }

  /** The open session, whether or not every subscription is in it yet; undefined while there is none. */
  get session(): HubSession | undefined {
    return this.#session;
  }

  /** Waits for an open session; connects when nobody has yet, or when the last connection has ended for good. */
  connected(signal?: AbortSignal): Promise<HubSession> {
    if (this.#closing.signal.aborted) {
      return Promise.reject(this.#closing.signal.reason as Error);
    }
    if (this.#session !== undefined && this.#state.kind === "connected") {
      return Promise.resolve(this.#session);
    }
    if (this.#waiting === undefined) {
      this.#waiting = deferred();
      if (this.#state.kind === "idle" || this.#state.kind === "disconnected") {
        this.#running = this.#run();
      }
    }
    return unlessAborted(this.#waiting.promise, signal);
  }

  /** The network or the tab may be back: tries at once when it waits, and looks whether an open connection still lives. */
  wake(): void {
    switch (this.#state.kind) {
      case "reconnecting":
        this.#hurry?.();
        break;
      case "connecting":
      case "connected":
        void this.#verify();
        break;
      case "idle":
      case "disconnected":
        break;
    }
  }

  /** Gives the open connection a newer credential of the provider. */
  async refreshCredential(): Promise<void> {
    if (this.#session) {
      await this.#credentials.renew(this.#session);
    }
  }

  /** Breaks the open connection, as a network would; it comes back by itself. */
  cut(): void {
    this.#session?.close(new ConnectionError("broken", "The connection was cut on request"));
  }

  /** Tells the listeners of something that no call can answer. */
  report(error: unknown): void {
    this.events.emit("error", asError(error));
  }

  /** Ends every subscription and closes the connection. */
  async close(): Promise<void> {
    this.#offWake();
    this.#closing.abort(new ConnectionError("closed", "The client is closed"));
    this.#session?.close();
    if (this.#state.kind === "idle") {
      this.#end(undefined);
    }
    await this.#running;
  }

  // One run from the first attempt until the connection rests or ends. A later call for a session starts another run.
  async #run(): Promise<void> {
    try {
      while (await this.#attempt()) {
        this.#closing.signal.throwIfAborted();
      }
      this.#enter({ kind: "idle" });
    } catch (error) {
      this.#end(this.#closing.signal.aborted ? undefined : asError(error));
    }
  }

  // One session, and the wait after it. False when nobody needs another one.
  async #attempt(): Promise<boolean> {
    const failure = await this.#live();
    this.#closing.signal.throwIfAborted();
    const control = failure.session?.control;
    if (control?.reconnect === false && failure.session) {
      throw failure.session.ended();
    }
    if (control?.code === "IDLE" && this.subscriptions.all().length === 0 && this.#waiting === undefined) {
      return false;
    }
    const delayMs = this.#backoff.next(control?.retry_after_ms ?? retryAfter(failure.error));
    this.#enter({
      kind: "reconnecting",
      attempt: this.#backoff.attempts,
      delayMs,
      ...(failure.error && { error: failure.error }),
      ...(control && { control }),
    });
    await pause(this.settings.clock, delayMs, this.#closing.signal, (now) => {
      this.#hurry = now;
    });
    this.#hurry = undefined;
    return true;
  }

  // Opens a session and waits for its end; throws when trying again is of no use.
  async #live(): Promise<Failure> {
    this.#enter({ kind: "connecting", attempt: this.#backoff.attempts + 1 });
    let session: HubSession;
    try {
      session = await HubSession.open(
        this.settings,
        this.route,
        (from, name, message) => {
          this.#onPushed(from, name, message);
        },
        this.#closing.signal,
      );
    } catch (error) {
      return this.#refused(asError(error));
    }
    this.#mayRenew = this.settings.isRenewable;
    void this.#credentials.watch(session);
    await this.#resume(session);
    await session.closed;
    this.#credentials.stop();
    this.#session = undefined;
    if (this.settings.clock.now() - session.openedAt >= this.settings.healthyAfterMs) {
      this.#backoff.reset();
    }
    return { error: session.cause, session };
  }

  #refused(error: Error): Failure {
    if (error instanceof ConnectionError && error.isFinal) {
      // What was given may have expired since: ask once more for a fresh one.
      if (error.status !== 401 || !this.#mayRenew) {
        throw error;
      }
      this.#mayRenew = false;
    }
    this.report(error);
    return { error };
  }

  // Connected means that every subscription was asked for again, in the order in which they were made.
  async #resume(session: HubSession): Promise<void> {
    this.#session = session;
    this.subscriptions.activate(session);
    await Promise.all(this.subscriptions.all().map((subscription) => subscription.join(session)));
    if (session.isClosed) {
      return;
    }
    this.#enter({ kind: "connected" });
    this.#waiting?.resolve(session);
    this.#waiting = undefined;
  }

  #onPushed(session: HubSession, name: PushName, message: never): void {
    if (session.isClosed) {
      return;
    }
    this.subscriptions.dispatch(session, name, message);
    if (name === "Heartbeat") {
      this.events.emit("heartbeat", message);
    } else if (name === "Error" && (message as { error: { code: string } }).error.code === credentialExpired) {
      void this.#credentials.renew(session);
    }
  }

  async #verify(): Promise<void> {
    const session = this.#session;
    if (session === undefined) {
      return;
    }
    const cancel = this.settings.clock.after(this.settings.livenessTimeoutMs, () => {
      session.close(new ConnectionError("broken", "The server did not answer after a wake-up"));
    });
    try {
      await new RealtimeHubProxy(session).ping();
    } catch {
      // It has closed already, or answers; either will do.
    } finally {
      cancel();
    }
  }

  #enter(state: ConnectionState): void {
    if (!mayFollow(this.#state.kind, state.kind)) {
      throw new Error(`A connection does not go from ${this.#state.kind} to ${state.kind}`);
    }
    this.#state = state;
    this.events.emit("state", state);
  }

  #end(cause: Error | undefined): void {
    const error = cause ?? (this.#closing.signal.reason as Error);
    const subscriptions = this.subscriptions.takeAll();
    this.#session = undefined;
    const waiting = this.#waiting;
    this.#waiting = undefined;
    if (this.#state.kind !== "disconnected") {
      const control = cause instanceof ConnectionError ? cause.control : undefined;
      this.#enter({ kind: "disconnected", ...(cause && { error: cause }), ...(control && { control }) });
    }
    if (cause !== undefined) {
      this.report(cause);
    }
    waiting?.reject(error);
    for (const subscription of subscriptions) {
      subscription.end(cause && refusalOf(cause), error);
    }
  }
}

function retryAfter(error: Error | undefined): number | undefined {
  return error instanceof ConnectionError || error instanceof RefusedError ? error.error?.retry_after_ms : undefined;
}
