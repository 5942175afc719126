import { Coverage } from "../accounting/coverage.js";
import { pause } from "../clock.js";
import { Backoff } from "../connections/backoff.js";
import { RealtimeHubProxy } from "../generated/hubs.js";
import type { HubLink } from "../connections/hub-link.js";
import type { HubSession } from "../connections/hub-session.js";
import { deferred } from "../deferred.js";
import type { Off } from "../emitter.js";
import { accepted, asError, ConnectionError, RefusedError } from "../errors.js";
import type { AckResult, FrameEnvelope, Gap, ProtocolError, Skipped, StreamPosition, SubscribeRequest, Subscribed, SubscriptionPosition, Unsubscribed } from "../wire.js";
import { Acknowledgements } from "./acknowledgements.js";
import { ResumePoint } from "./resume-point.js";
import { SubscriptionEmitter } from "./subscription-emitter.js";
import type { SubscriptionEvents } from "./subscription-events.js";
import type { AnyPlan } from "./subscription-plan.js";
import type { SubscriptionState } from "./subscription-state.js";

/** One subscription, over all connections of its lifetime: after a reconnect it goes on from its position. */
export class Subscription<P = unknown> {
  /** The id that it has on the wire, the same on every connection. */
  readonly id: string;
  readonly #link: HubLink;
  readonly #plan: AnyPlan;
  readonly #coverage = new Coverage();
  readonly #acks: Acknowledgements;
  readonly #backoff: Backoff;
  readonly #events: SubscriptionEmitter;
  readonly #started = deferred<undefined>();
  readonly #ended = deferred<ProtocolError | undefined>();
  readonly #closing = new AbortController();
  readonly #resumePoint: ResumePoint;
  #latest: Subscribed | undefined;
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
    this.#resumePoint = new ResumePoint(plan);
    this.#backoff = new Backoff(link.settings);
    this.#acks = new Acknowledgements(link);
    this.#events = new SubscriptionEmitter((error) => {
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
    return this.#events.on(name, listener);
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
    this.#resumePoint.revise(revise);
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
    if (!this.#events.release(subscribed)) {
      this.#start(session, subscribed);
    }
    this.emit("subscribed", subscribed);
  }

  /** @internal */
  onFrame(frame: FrameEnvelope): void {
    if (this.#coverage.bookFrame(frame)) {
      this.emit("frame", frame as FrameEnvelope<P>);
    } else {
      this.#acks.repeat(frame);
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
    const missing = this.#coverage.confirm(position.epoch, position.sequence, position.newest);
    this.#newest = position.newest;
    if (missing > 0) {
      this.#link.report(new Error(`${String(missing)} frames of ${position.channel} up to ${String(position.sequence)} neither came nor were announced`));
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
    if (this.#end === undefined) {
      this.#events.emit(name, value);
    }
  }

  async #ask(session: HubSession): Promise<void> {
    const { subscription } = accepted(await this.#plan.subscribe(session, this.#resumePoint.requestFrom(this.position) as never));
    if (subscription === undefined || this.#asked !== session) {
      return;
    }
    if (this.#joined !== session) {
      this.#start(session, subscription);
      this.#events.hold(subscription);
    }
    if (this.#resumePoint.owed !== undefined) {
      accepted(await new RealtimeHubProxy(session).resync({ id: this.id, from: this.#resumePoint.owed }));
    }
  }

  #refused(session: HubSession, error: Error): void {
    const refusal = error instanceof RefusedError ? error.error : undefined;
    // Once in force it is asked for again while the server says that it may succeed later.
    const isPassing = refusal === undefined || (refusal.retryable && refusal.code !== "JOB_NOT_FOUND");
    if (this.position !== undefined && isPassing) {
      this.#link.report(error);
      this.#joined = undefined;
      const rested = pause(this.#link.settings.clock, this.#backoff.next(refusal?.retry_after_ms), this.#closing.signal);
      rested.then(() => this.#askAgain(session)).catch(() => undefined);
    } else if (this.#link.subscriptions.remove(this)) {
      this.end(refusal ?? { code: "INTERNAL_ERROR", message: error.message, retryable: true }, error);
    }
  }

  async #askAgain(session: HubSession): Promise<void> {
    this.#asked = undefined;
    await (session.isClosed ? undefined : this.join(session));
  }

  #start(session: HubSession, subscribed: Subscribed): void {
    const supersedes = this.#plan.isLatest && this.#joined !== session;
    this.#joined = session;
    this.#latest = subscribed;
    this.#resumePoint.take(subscribed);
    this.#coverage.bookSubscribed(subscribed, supersedes);
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
