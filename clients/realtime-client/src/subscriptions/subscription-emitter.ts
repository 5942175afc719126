import { Emitter, type Off } from "../emitter.js";
import type { Subscribed } from "../wire.js";
import type { SubscriptionEvents } from "./subscription-events.js";

/** Tells the listeners of one subscription, and each start once, though both the call and the server's push say it. */
export class SubscriptionEmitter {
  readonly #events: Emitter<SubscriptionEvents>;
  #unshown: Subscribed | undefined;

  constructor(onThrown: (error: unknown) => void) {
    this.#events = new Emitter(onThrown);
  }

  on(name: keyof SubscriptionEvents, listener: (value: never) => unknown): Off {
    return this.#events.on(name, listener as (value: unknown) => void);
  }

  /** Keeps the start that a call answered, until the push says the same, or something that stands behind it. */
  hold(subscribed: Subscribed): void {
    this.#unshown = subscribed;
  }

  /** Whether this start was kept; from here on it is not. */
  release(subscribed: Subscribed): boolean {
    const isKept = this.#unshown !== undefined && saysTheSame(this.#unshown, subscribed);
    this.#unshown = undefined;
    return isKept;
  }

  emit<Name extends keyof SubscriptionEvents>(name: Name, value: SubscriptionEvents[Name]): void {
    const first = this.#unshown;
    this.#unshown = undefined;
    if (first !== undefined) {
      this.#events.emit("subscribed", first);
    }
    this.#events.emit(name, value);
  }
}

function saysTheSame(left: Subscribed, right: Subscribed): boolean {
  return JSON.stringify(Object.entries(left).sort()) === JSON.stringify(Object.entries(right).sort());
}
