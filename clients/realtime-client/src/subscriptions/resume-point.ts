import type { StreamPosition, Subscribed, SubscribeRequest } from "../wire.js";
import type { AnyPlan } from "./subscription-plan.js";

/** What a subscription asks for on its next connection: what was asked for at first, from where its books end. */
export class ResumePoint {
  readonly #isLatest: boolean;
  #request: SubscribeRequest;
  // The epoch whose history is owed from its first frame: it began anew while the connection was away.
  #owedEpoch: string | undefined;

  constructor(plan: AnyPlan) {
    this.#isLatest = plan.isLatest === true;
    this.#request = plan.request;
  }

  /** The place whose following frames are owed, though the server has gone live later: a history that began anew is news from its first frame on. */
  get owed(): StreamPosition | undefined {
    return this.#owedEpoch === undefined ? undefined : { epoch: this.#owedEpoch, sequence: 0 };
  }

  /** Replaces what is asked for. */
  revise(revise: (request: never) => SubscribeRequest): void {
    this.#request = revise(this.#request as never);
  }

  /** The request, with the place to go on from in place of its own start. */
  requestFrom(position: StreamPosition | undefined): SubscribeRequest {
    const from = this.owed ?? position;
    const { from: _from, last: _last, since: _since, ...rest } = this.#request;
    return from ? { ...rest, from } : this.#request;
  }

  /** Notes what the server granted. */
  take(subscribed: Subscribed): void {
    const isOwed = subscribed.reason === "epoch_changed" && subscribed.sequence > 0 && !this.#isLatest;
    const isStillOwed = subscribed.epoch === this.#owedEpoch && subscribed.sequence > 0;
    this.#owedEpoch = isOwed || isStillOwed ? subscribed.epoch : undefined;
  }
}
