import type { HubSession, PushName } from "../connections/hub-session.js";
import { RefusedError } from "../errors.js";
import type { Degraded, ErrorNotice, FrameEnvelope, Gap, Heartbeat, PresenceDiff, PresenceState, Restored, Skipped, Subscribed, Unsubscribed } from "../wire.js";
import type { Subscription } from "./subscription.js";

/** The subscriptions of one hub connection: hands what the server pushes to the right one. */
export class SubscriptionTable {
  readonly #byId = new Map<string, Subscription>();
  readonly #byChannel = new Map<string, Subscription>();
  readonly #report: (error: unknown) => void;
  #active: HubSession | undefined;

  constructor(report: (error: unknown) => void) {
    this.#report = report;
  }

  /** Whether an id is taken. */
  has(id: string): boolean {
    return this.#byId.has(id);
  }

  add(subscription: Subscription): void {
    this.#byId.set(subscription.id, subscription);
  }

  /** Removes a subscription; false when it is not there any more. */
  remove(subscription: Subscription): boolean {
    if (this.#byId.get(subscription.id) !== subscription) {
      return false;
    }
    this.#byId.delete(subscription.id);
    this.unmap(subscription);
    return true;
  }

  all(): Subscription[] {
    return [...this.#byId.values()];
  }

  takeAll(): Subscription[] {
    const all = this.all();
    this.#byId.clear();
    this.#byChannel.clear();
    return all;
  }

  /** From here on only what this session pushes counts. */
  activate(session: HubSession): void {
    this.#active = session;
    this.#byChannel.clear();
  }

  /** Notes which channel a subscription's frames carry. */
  map(subscription: Subscription, channel: string): void {
    if (this.#byId.get(subscription.id) === subscription) {
      this.#byChannel.set(channel, subscription);
    }
  }

  /** What still comes on its channel is not for it any more. */
  unmap(subscription: Subscription): void {
    for (const [channel, owner] of this.#byChannel) {
      if (owner === subscription) {
        this.#byChannel.delete(channel);
      }
    }
  }

  /** The subscription whose frames carry this channel. */
  byChannel(channel: string): Subscription | undefined {
    return this.#byChannel.get(channel);
  }

  /** Hands on one message. */
  dispatch(session: HubSession, name: PushName, message: never): void {
    if (session !== this.#active) {
      return;
    }
    switch (name) {
      case "Frame":
        return this.#byChannel.get((message as FrameEnvelope).channel)?.onFrame(message);
      case "Gap":
        return this.#byChannel.get((message as Gap).channel)?.onGap(message);
      case "Skipped":
        return this.#byChannel.get((message as Skipped).channel)?.onSkipped(message);
      case "Degraded":
        return this.#byChannel.get((message as Degraded).channel)?.emit("degraded", message);
      case "Restored":
        return this.#byChannel.get((message as Restored).channel)?.emit("restored", message);
      case "Subscribed":
        return this.#byId.get((message as Subscribed).id)?.onSubscribed(session, message);
      case "Unsubscribed":
        return this.#onUnsubscribed(message);
      case "Heartbeat":
        return this.#onHeartbeat(message);
      case "PresenceState":
        return this.#byChannel.get((message as PresenceState).channel)?.emit("presence", message);
      case "PresenceDiff":
        return this.#byChannel.get((message as PresenceDiff).channel)?.emit("presenceChanged", message);
      case "Error":
        this.#report(new RefusedError((message as ErrorNotice).error));
        return;
      case "CredentialTerm":
      case "Control":
        return;
    }
  }

  #onUnsubscribed(message: Unsubscribed): void {
    const subscription = this.#byId.get(message.id);
    if (subscription !== undefined && this.remove(subscription)) {
      subscription.onUnsubscribed(message);
    }
  }

  #onHeartbeat(heartbeat: Heartbeat): void {
    for (const position of heartbeat.positions) {
      this.#byId.get(position.id)?.onPosition(position);
    }
  }
}
