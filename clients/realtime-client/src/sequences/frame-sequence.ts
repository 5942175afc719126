import type { Coverage } from "../accounting/coverage.js";
import { RefusedError } from "../errors.js";
import type { FrameEnvelope, StreamItem } from "../wire.js";

/** How to read on a sequence. */
export interface SequenceOptions {
  /** Ends the sequence, without an error. */
  readonly signal?: AbortSignal;
}

/**
 * Frames to be read with `for await`, each once and in order, over reconnects. A reader that is slow makes the server wait.
 * Leaving the loop ends it. A refusal is thrown as a RefusedError; the end of the channel ends the loop.
 */
export interface FrameSequence<P = unknown> extends AsyncIterable<FrameEnvelope<P>> {
  /** Every item: frames and, in their places, gaps, skips and what else the server says; the last is `end` or `error`. */
  items(): AsyncIterable<StreamItem<P>>;
  /** The books: what came, was withheld, was lost, or is still open. */
  coverage(): Coverage;
}

/** Only the frames of the items. */
export async function* framesOf<P>(items: AsyncIterable<StreamItem<P>>): AsyncGenerator<FrameEnvelope<P>, void, undefined> {
  for await (const item of items) {
    if (item.kind === "frame") {
      yield item.frame;
    } else if (item.kind === "error") {
      throw new RefusedError(item.error);
    }
  }
}
