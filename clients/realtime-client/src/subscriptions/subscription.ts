import { Coverage } from "../accounting/coverage.js";
import { pause } from "../clock.js";
import { Backoff } from "../connections/backoff.js";
import { RealtimeHubProxy } from "../generated/hubs.js";
import type { HubLink } from "../connections/hub-link.js";
import type { HubSession } from "../connections/hub-session.js";
import { deferred } from "../deferred.js";
import { Emitter, type Off } from "../emitter.js";
import { accepted, asError, ConnectionError, RefusedError } from "../errors.js";
import type {
  AckResult, Degraded, FrameEnvelope, Gap, PresenceDiff, PresenceState, ProtocolError, Restored, Skipped, StreamPosition, SubscribeRequest, SubscribeResult, Subscribed,
  SubscriptionPosition, Unsubscribed,
} from "../wire.js";
import { Acknowledgements } from "./acknowledgements.js";
import type { SubscriptionState } from "./subscription-state.js";

/** What a subscription tells, in the order in which the server sent it. */
export interface SubscriptionEvents<P = unknown> {
  /** It starts, or starts again at another position; stands ahead of the first frame after it. */
  readonly subscribed: Subscribed;
  /** A frame, once. */
  readonly frame: FrameEnvelope<P>;
  /** Frames are lost, announced in their place. */
  readonly gap: Gap;
  /** Frames were withheld on purpose. */
  readonly skipped: Skipped;
  /** It lags beyond its limit: from here its slow-consumer policy acts. */
  readonly degraded: Degraded;
  /** It has caught up again. */
  readonly restored: Restored;
  /** Everyone in the channel of a workspace, once after each start. */
  readonly presence: PresenceState;
  /** Somebody came into the channel of a workspace or left it. */
  readonly presenceChanged: PresenceDiff;
  /** The server has said where it stands. */
  readonly position: SubscriptionPosition;
  /** It has ended: with nothing when it was unsubscribed or its channel completed, else with the reason. */
  readonly closed: ProtocolError | undefined;
}

/** How one kind of subscription is made. */
export interface SubscriptionPlan<R extends SubscribeRequest> extends AnyPlan {
  readonly request: R & { readonly id: string };
  readonly subscribe: (session: HubSession, request: R) => Promise<SubscribeResult>;
}

/** A plan whose request only its own method knows. */
export interface AnyPlan {
  readonly request: SubscribeRequest & { readonly id: string };
  readonly subscribe: (session: HubSession, request: never) => Promise<SubscribeResult>;
  /** Whether a channel's newest frame is its whole state, so that what a new history holds already is not asked for. */
  readonly isLatest?: boolean;
}

/** One subscription, over all connections of its lifetime: after a reconnect it goes on from its position. */
export class Subscription<P = unknown> {
  /** The id that it has on the wire, the same on every connection. */
  readonly id: string;
  readonly #link: HubLink;
  readonly #plan: AnyPlan;
  readonly #coverage = new Coverage();
  readonly #acks: Acknowledgements;
  readonly #backoff: Backoff;
  readonly #events: Emitter<SubscriptionEvents>;
  readonly #started = deferred<undefined>();
  readonly #ended = deferred<ProtocolError | undefined>();
  readonly #closing = new AbortController();
  #request: SubscribeRequest;
  // The epoch whose history is owed from its first frame: it began anew while the connection was away.
  #owedEpoch: string | undefined;
  #latest: Subscribed | undefined;
  #unshown: Subscribed | undefined;
  #joined: HubSession | undefined;
  #asked: HubSession | undefined;
  #isPaused = false;
  #newest: number | undefined;
  #end: { readonly error: ProtocolError | undefined } | undefined;

  /** @internal */
  constructor(link: HubLink, plan: AnyPlan) {
    this.id = plan.request.id;
    this.#link = link;
    this.#plan = plan;
    this.#request = plan.request;
    this.#backoff = new Backoff(link.settings);
    this.#acks = new Acknowledgements(link);
    this.#events = new Emitter((error) => {
      link.report(error);
    });
  }

  /** The channel that its frames carry. */
  get channel(): string | undefined {
    return this.#latest?.channel;
  }

  /** What the server last granted: start, patterns, policy, consumer. */
  get latest(): Subscribed | undefined {
    return this.#latest;
  }

  /** The end of the contiguous offsets that came or were announced; a reconnect resumes here. */
  get position(): StreamPosition | undefined {
    return this.#coverage.accountedUpTo;
  }

  /** How many frames the server holds that have not come yet, as of the last heartbeat. */
  get lag(): number {
    return Math.max(0, (this.#newest ?? 0) - (this.position?.sequence ?? 0));
  }

  get state(): SubscriptionState {
    const from = this.position;
    if (this.#end !== undefined) {
      return { kind: "closed", ...(this.#end.error && { error: this.#end.error }) };
    }
    if (this.#isPaused) {
      return { kind: "paused", from };
    }
    if (from === undefined) {
      return { kind: "starting" };
    }
    return this.#joined?.isClosed === false ? { kind: "live", position: from } : { kind: "recovering", from };
  }

  /** Resolves when it has ended: with nothing when it was unsubscribed or its channel completed, else with the reason. */
  get ended(): Promise<ProtocolError | undefined> {
    return this.#ended.promise;
  }

  /** Resolves when it has started. @internal */
  get started(): Promise<undefined> {
    return this.#started.promise;
  }

  /** The books: what came, was withheld, was lost, or is still open. */
  coverage(): Coverage {
    return this.#coverage;
  }

  /** Listens to what it tells; the returned function stops that. */
  on<Name extends keyof SubscriptionEvents<P>>(name: Name, listener: (value: SubscriptionEvents<P>[Name]) => unknown): Off {
    return this.#events.on(name, listener as (value: unknown) => void);
  }

  /**
   * Acknowledges a frame for the subscription's consumer; says nothing about other frames. Undefined when the connection
   * broke: then the server sends the frame again, and it is acknowledged again by itself.
   */
  ack(frame: FrameEnvelope): Promise<AckResult | undefined> {
    return this.#acks.ack(frame);
  }

  /** Sets it back: what came after the position is delivered again, and what is new to the books is shown. */
  async resync(from: StreamPosition): Promise<void> {
    accepted(await new RealtimeHubProxy(await this.#link.connected()).resync({ id: this.id, from }));
  }

  /** Stops the server from sending; nothing is lost while the server keeps it. */
  pause(): void {
    if (this.#isPaused || this.#end !== undefined) {
      return;
    }
    this.#isPaused = true;
    this.#link.subscriptions.unmap(this);
    this.#joined = this.#asked = undefined;
    void this.#leave();
  }

  /** Goes on from where it was paused. */
  resume(): void {
    if (this.#isPaused && this.#end === undefined) {
      this.#isPaused = false;
      if (this.#link.session) {
        void this.join(this.#link.session);
      }
    }
  }

  /** Ends it. */
  async unsubscribe(): Promise<void> {
    if (this.#link.subscriptions.remove(this)) {
      this.#close(undefined);
      await this.#leave();
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.unsubscribe();
  }

  /** The connection that this subscription is on, once it is there. @internal */
  connected(): Promise<HubSession> {
    return this.#link.connected();
  }

  /** Replaces what it asks for after the next reconnect. @internal */
  revise<R extends SubscribeRequest>(revise: (request: R) => R): void {
    this.#request = revise(this.#request as R);
  }

  /** Puts it into a session, after the last position if it has one. Once per session. @internal */
  async join(session: HubSession): Promise<void> {
    if (this.#asked === session || this.#isPaused || this.#end !== undefined) {
      return;
    }
    this.#asked = session;
    try {
      await this.#ask(session);
      this.#backoff.reset();
    } catch (error) {
      if (session.isClosed || error instanceof ConnectionError) {
        return; // The next session takes it up; the end of the link for good reaches it as well.
      }
      this.#refused(session, error instanceof RefusedError ? error : asError(error));
    }
  }

  /** @internal */
  onSubscribed(session: HubSession, subscribed: Subscribed): void {
    // The result of the call may have been here first; then this is the moment to show it.
    if (this.#unshown === undefined || !saysTheSame(this.#unshown, subscribed)) {
      this.#start(session, subscribed);
    }
    this.#unshown = undefined;
    this.emit("subscribed", subscribed);
  }

  /** @internal */
  onFrame(frame: FrameEnvelope): void {
    if (this.#coverage.bookFrame(frame)) {
      this.emit("frame", frame as FrameEnvelope<P>);
    } else if (frame.requires_ack && this.#acks.has(frame)) {
      this.#acks.ack(frame).catch((error: unknown) => {
        this.#link.report(error);
      });
    }
  }

  /** @internal */
  onGap(gap: Gap): void {
    this.#coverage.bookGap(gap);
    this.emit("gap", gap);
  }

  /** @internal */
  onSkipped(skipped: Skipped): void {
    this.#coverage.bookSkipped(skipped);
    this.emit("skipped", skipped);
  }

  /** @internal */
  onPosition(position: SubscriptionPosition): void {
    const before = this.#coverage.totals().missing;
    this.#coverage.confirm(position.epoch, position.sequence, position.newest);
    this.#newest = position.newest;
    const missing = this.#coverage.totals().missing - before;
    if (missing > 0) {
      this.#link.report(
        new Error(`${String(missing)} frames of ${position.channel} up to ${String(position.sequence)} neither came nor were announced`),
      );
    }
    this.emit("position", position);
  }

  /** @internal */
  onUnsubscribed(message: Unsubscribed): void {
    this.#coverage.confirm(message.epoch, message.sequence, message.sequence);
    this.#close(message.error);
  }

  /** It ends without a word of the server about it. @internal */
  end(error: ProtocolError | undefined, cause: Error): void {
    this.#started.reject(cause);
    this.#close(error);
  }

  /** @internal */
  emit<Name extends keyof SubscriptionEvents<P>>(name: Name, value: SubscriptionEvents<P>[Name]): void {
    if (this.#end !== undefined) {
      return;
    }
    const first = this.#unshown;
    this.#unshown = undefined;
    if (first !== undefined) {
      this.#events.emit("subscribed", first);
    }
    this.#events.emit(name, value);
  }

  async #ask(session: HubSession): Promise<void> {
    const from = this.#owedEpoch === undefined ? this.position : { epoch: this.#owedEpoch, sequence: 0 };
    const { from: _from, last: _last, since: _since, ...rest } = this.#request;
    const { subscription } = accepted(await this.#plan.subscribe(session, (from ? { ...rest, from } : this.#request) as never));
    if (subscription === undefined || this.#asked !== session) {
      return;
    }
    if (this.#joined !== session) {
      this.#start(session, subscription);
      this.#unshown = subscription;
    }
    if (this.#owedEpoch !== undefined) {
      // The history that began anew is news from its first frame on, not only from where the server goes live.
      const again = { id: this.id, from: { epoch: this.#owedEpoch, sequence: 0 } };
      accepted(await new RealtimeHubProxy(session).resync(again));
    }
  }

  #refused(session: HubSession, error: Error): void {
    const refusal = error instanceof RefusedError ? error.error : undefined;
    // Once in force it is asked for again while the server says that it may succeed later.
    const isPassing = refusal === undefined || (refusal.retryable && refusal.code !== "JOB_NOT_FOUND");
    if (this.position !== undefined && isPassing) {
      this.#link.report(error);
      this.#joined = undefined;
      pause(this.#link.settings.clock, this.#backoff.next(refusal?.retry_after_ms), this.#closing.signal).then(
        () => {
          this.#asked = undefined;
          if (!session.isClosed) {
            void this.join(session);
          }
        },
        () => undefined,
      );
    } else if (this.#link.subscriptions.remove(this)) {
      this.end(refusal ?? { code: "INTERNAL_ERROR", message: error.message, retryable: true }, error);
    }
  }

  #start(session: HubSession, subscribed: Subscribed): void {
    this.#joined = session;
    this.#latest = subscribed;
    const isOwed = subscribed.reason === "epoch_changed" && subscribed.sequence > 0 && this.#plan.isLatest !== true;
    const isStillOwed = subscribed.epoch === this.#owedEpoch && subscribed.sequence > 0;
    this.#owedEpoch = isOwed || isStillOwed ? subscribed.epoch : undefined;
    this.#coverage.bookSubscribed(subscribed);
    this.#link.subscriptions.map(this, subscribed.channel);
    this.#started.resolve(undefined);
  }

  async #leave(): Promise<void> {
    try {
      if (this.#link.session) {
        await new RealtimeHubProxy(this.#link.session).unsubscribe({ id: this.id });
      }
    } catch {
      // The subscription has ended with the connection, and the next one does not take it up.
    }
  }

  #close(error: ProtocolError | undefined): void {
    if (this.#end === undefined) {
      this.#end = { error };
      this.#closing.abort();
      this.#started.reject(error ? new RefusedError(error) : new ConnectionError("closed", "The subscription was ended"));
      this.#events.emit("closed", error);
      this.#ended.resolve(error);
    }
  }
}

function saysTheSame(left: Subscribed, right: Subscribed): boolean {
  return JSON.stringify(Object.entries(left).sort()) === JSON.stringify(Object.entries(right).sort());
}
