import type { IStreamResult } from "@microsoft/signalr";
import { Coverage } from "../accounting/coverage.js";
import { pause } from "../clock.js";
import { Backoff } from "../connections/backoff.js";
import type { HubLink } from "../connections/hub-link.js";
import type { HubSession } from "../connections/hub-session.js";
import { RefusedError } from "../errors.js";
import type { FrameEnvelope, ProtocolError, StreamItem, StreamPosition, SubscribeRequest } from "../wire.js";
import { framesOf, type FrameSequence, type SequenceOptions } from "./frame-sequence.js";
import { ItemQueue } from "./item-queue.js";

/** Calls one streaming hub method. */
export type CallStream = (session: HubSession, request: never) => IStreamResult<StreamItem>;

/** One streaming hub method as one sequence, whatever happens to the connections below it. */
export class ChannelStream<P = unknown> implements FrameSequence<P> {
  readonly #link: HubLink;
  readonly #call: CallStream;
  readonly #request: SubscribeRequest;
  readonly #signal: AbortSignal | undefined;
  readonly #coverage = new Coverage();

  /** @internal */
  constructor(link: HubLink, call: CallStream, request: SubscribeRequest, options: SequenceOptions = {}) {
    this.#link = link;
    this.#call = call;
    this.#request = request;
    this.#signal = options.signal;
  }

  coverage(): Coverage {
    return this.#coverage;
  }

  [Symbol.asyncIterator](): AsyncIterator<FrameEnvelope<P>> {
    return framesOf(this.items());
  }

  async *items(): AsyncGenerator<StreamItem<P>, void, undefined> {
    const backoff = new Backoff(this.#link.settings);
    let start: StreamPosition | undefined;
    while (this.#signal?.aborted !== true) {
      const opened = await this.#open(start ?? this.#coverage.accountedUpTo);
      if (opened === undefined) {
        return;
      }
      const { queue, close } = opened;
      let passing: ProtocolError | undefined;
      let renewed = false;
      try {
        for (let item = await queue.next(); item !== undefined; item = await queue.next()) {
          if (item.kind === "error" && this.#isPassing(item.error)) {
            passing = item.error;
            this.#link.report(new RefusedError(item.error));
            break;
          }
          if (!this.#coverage.bookItem(item)) {
            continue;
          }
          backoff.reset();
          yield item;
          if (item.kind === "end" || item.kind === "error") {
            return;
          }
          if (item.kind === "subscribed") {
            start = undefined;
            if (item.subscribed.reason === "epoch_changed" && item.subscribed.sequence > 0) {
              // A log that began anew is news from its first frame on, not only from where the server goes live.
              start = { epoch: item.subscribed.epoch, sequence: 0 };
              renewed = true;
              break;
            }
          }
        }
      } finally {
        close();
      }
      if (queue.end === "left") {
        return;
      }
      // A queue that was full has been read: the server goes on where it was stopped. What broke waits first.
      if (!renewed && queue.end !== "full") {
        await this.#pause(backoff.next(passing?.retry_after_ms));
      }
    }
  }

  // Undefined when the reader has gone meanwhile.
  async #open(from: StreamPosition | undefined): Promise<{ queue: ItemQueue<StreamItem<P>>; close: () => void } | undefined> {
    let session: HubSession;
    try {
      session = await this.#link.connected(this.#signal);
    } catch (error) {
      if (this.#signal?.aborted === true) {
        return undefined;
      }
      throw error;
    }
    const queue = new ItemQueue<StreamItem<P>>(this.#link.settings.queueCapacity);
    const leave = (): void => {
      queue.close("left");
    };
    this.#signal?.addEventListener("abort", leave);
    const { from: _from, last: _last, since: _since, ...rest } = this.#request;
    const stream = this.#call(session, (from ? { ...rest, from } : this.#request) as never).subscribe({
      next: (item) => {
        if (!queue.push(item as StreamItem<P>)) {
          stream.dispose();
        }
      },
      complete: () => {
        queue.close("complete");
      },
      error: () => {
        queue.close("broken");
      },
    });
    return {
      queue,
      close: () => {
        this.#signal?.removeEventListener("abort", leave);
        stream.dispose();
      },
    };
  }

  // A stream that was once accepted is asked for again while the server says that it may succeed later.
  #isPassing(error: ProtocolError): boolean {
    return error.retryable && error.code !== "JOB_NOT_FOUND" && this.#coverage.accountedUpTo !== undefined;
  }

  async #pause(delayMs: number): Promise<void> {
    const signal = this.#signal ?? new AbortController().signal;
    await pause(this.#link.settings.clock, delayMs, signal).catch(() => undefined);
  }
}
