import { Coverage } from "../accounting/coverage.js";
import type { OffsetState } from "../accounting/epoch-ledger.js";
import { frame, subscribed } from "./scripted-server.js";

/** What becomes of one offset on its way to a subscription; `swallow` is the fault that the books must find. */
export type Fate = "deliver" | "filter" | "conflate" | "lose" | "swallow";

/** What a server does next: an offset meets its fate, or the server says something, or the connection breaks. */
export type Step = Fate | "announce" | "announce filtered" | "announce conflated" | "restate" | "heartbeat" | "reconnect";

type Reason = "filtered" | "conflated";

/** A channel and one subscription to it, as the wire contract says, with a naive record of what truly happened. */
export class SimulatedChannel {
  readonly coverage = new Coverage();
  readonly received = new Set<number>();
  readonly lost = new Set<number>();
  readonly #log: Fate[] = [];
  readonly #unannounced = new Map<Reason, number[]>();
  #cursor = 0;

  constructor() {
    this.#start(0);
  }

  get newest(): number {
    return this.#log.length;
  }

  withFate(...fates: Fate[]): number[] {
    return this.#log.flatMap((fate, index) => (fates.includes(fate) ? [index + 1] : []));
  }

  offsets(state: OffsetState): number[] {
    return this.coverage.ranges(state).flatMap(({ from, to }) => Array.from({ length: to - from + 1 }, (_, i) => from + i));
  }

  take(step: Step | "announce" | "announce filtered" | "announce conflated" | "restate" | "heartbeat" | "reconnect"): void {
    switch (step) {
      case "announce":
        this.#announce("filtered");
        this.#announce("conflated");
        break;
      case "announce filtered":
        this.#announce("filtered");
        break;
      case "announce conflated":
        this.#announce("conflated");
        break;
      case "restate":
        this.coverage.bookSubscribed(subscribed({ sequence: this.#cursor }));
        break;
      case "heartbeat":
        this.take("announce");
        this.coverage.confirm("a", this.#cursor, this.newest);
        break;
      case "reconnect":
        this.#start(this.coverage.accountedUpTo!.sequence);
        while (this.#cursor < this.newest) {
          this.#serve();
        }
        break;
      case "deliver":
      case "filter":
      case "conflate":
      case "lose":
      case "swallow":
        this.#log.push(step);
        this.#serve();
    }
  }

  // What was not announced yet is lost with the connection.
  #start(at: number): void {
    this.#cursor = at;
    this.#unannounced.clear();
    this.coverage.bookSubscribed(subscribed({ sequence: at, recovered: at > 0 }));
  }

  #announce(reason: Reason): void {
    const offsets = this.#unannounced.get(reason);
    this.#unannounced.delete(reason);
    if (offsets !== undefined) {
      const notice = { channel: "events", epoch: "a", from: Math.min(...offsets), to: Math.max(...offsets), count: offsets.length, reason };
      this.coverage.bookSkipped(notice);
    }
  }

  #serve(): void {
    const offset = ++this.#cursor;
    switch (this.#log[offset - 1]!) {
      case "deliver":
        if (this.coverage.bookFrame(frame(offset)) === this.received.has(offset)) {
          throw new Error(`Frame ${String(offset)} was taken twice, or not at all`);
        }
        this.received.add(offset);
        break;
      case "filter":
        this.#withhold("filtered", offset);
        break;
      case "conflate":
        this.#withhold("conflated", offset);
        break;
      case "lose":
        this.coverage.bookGap({ channel: "events", epoch: "a", from: offset, to: offset, count: 1, reason: "drop_oldest" });
        this.lost.add(offset);
        break;
      case "swallow":
        break;
    }
  }

  #withhold(reason: Reason, offset: number): void {
    this.#unannounced.set(reason, [...(this.#unannounced.get(reason) ?? []), offset]);
  }
}
