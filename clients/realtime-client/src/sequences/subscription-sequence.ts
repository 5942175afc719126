import type { Coverage } from "../accounting/coverage.js";
import { Coverage as Books } from "../accounting/coverage.js";
import type { Subscription } from "../subscriptions/subscription.js";
import type { FrameEnvelope, StreamItem } from "../wire.js";
import { framesOf, type FrameSequence, type SequenceOptions } from "./frame-sequence.js";
import { ItemQueue } from "./item-queue.js";

/** A subscription to be read with `for await`: it pauses while its reader is behind. */
export class SubscriptionSequence<P = unknown> implements FrameSequence<P> {
  readonly #subscribe: (listen: (subscription: Subscription<P>) => void) => Promise<Subscription<P>>;
  readonly #capacity: number;
  readonly #signal: AbortSignal | undefined;
  #subscription: Subscription<P> | undefined;

  /** @internal */
  constructor(
    subscribe: (listen: (subscription: Subscription<P>) => void) => Promise<Subscription<P>>,
    capacity: number,
    options: SequenceOptions = {},
  ) {
    this.#subscribe = subscribe;
    this.#capacity = capacity;
    this.#signal = options.signal;
  }

  /** The subscription, once the loop has begun. */
  get subscription(): Subscription<P> | undefined {
    return this.#subscription;
  }

  coverage(): Coverage {
    return this.#subscription?.coverage() ?? new Books();
  }

  [Symbol.asyncIterator](): AsyncIterator<FrameEnvelope<P>> {
    return framesOf(this.items());
  }

  async *items(): AsyncGenerator<StreamItem<P>, void, undefined> {
    let queue = new ItemQueue<StreamItem<P>>(this.#capacity);
    const take = (item: StreamItem<P>): void => {
      if (!queue.push(item)) {
        this.#subscription?.pause();
      }
    };
    const leave = (): void => {
      queue.close("left");
    };
    this.#signal?.addEventListener("abort", leave);
    const subscription = await this.#subscribe((started) => {
      this.#subscription = started;
      listen(started, take, () => {
        queue.close("complete");
      });
    });
    try {
      for (;;) {
        for (let item = await queue.next(); item !== undefined; item = await queue.next()) {
          yield item;
        }
        if (queue.end !== "full" || subscription.state.kind === "closed") {
          return;
        }
        queue = new ItemQueue<StreamItem<P>>(this.#capacity);
        subscription.resume();
      }
    } finally {
      this.#signal?.removeEventListener("abort", leave);
      await subscription.unsubscribe();
    }
  }
}

function listen<P>(subscription: Subscription<P>, take: (item: StreamItem<P>) => void, end: () => void): void {
  subscription.on("subscribed", (subscribed) => {
    take({ kind: "subscribed", subscribed });
  });
  subscription.on("frame", (frame) => {
    take({ kind: "frame", frame });
  });
  subscription.on("gap", (gap) => {
    take({ kind: "gap", gap });
  });
  subscription.on("skipped", (skipped) => {
    take({ kind: "skipped", skipped });
  });
  subscription.on("degraded", (degraded) => {
    take({ kind: "degraded", degraded });
  });
  subscription.on("restored", (restored) => {
    take({ kind: "restored", restored });
  });
  subscription.on("closed", (error) => {
    const position = subscription.position;
    if (error !== undefined) {
      take({ kind: "error", error });
    } else if (position !== undefined) {
      take({ kind: "end", end: position });
    }
    end();
  });
}
