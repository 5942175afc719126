import { OffsetRanges } from "../accounting/offset-ranges.js";
import type { HubLink } from "../connections/hub-link.js";
import { RealtimeHubProxy } from "../generated/hubs.js";
import { accepted, ConnectionError } from "../errors.js";
import type { AckResult, FrameEnvelope } from "../wire.js";

const maxRanges = 65_536;
const maxBatch = 1_000;

interface Batch {
  readonly channel: string;
  readonly epoch: string;
  readonly sequences: Set<number>;
  readonly answer: Promise<AckResult | undefined>;
}

/** What one subscription has acknowledged. Acknowledgements of one turn of the event loop travel together. */
export class Acknowledgements {
  readonly #link: HubLink;
  readonly #acknowledged = new OffsetRanges();
  #epoch: string | undefined;
  #batch: Batch | undefined;

  constructor(link: HubLink) {
    this.#link = link;
  }

  ack(frame: FrameEnvelope): Promise<AckResult | undefined> {
    this.#remember(frame);
    const waiting = this.#batch;
    if (waiting?.channel === frame.channel && waiting.epoch === frame.epoch && waiting.sequences.size < maxBatch) {
      waiting.sequences.add(frame.sequence);
      return waiting.answer;
    }
    const sequences = new Set([frame.sequence]);
    const answer = Promise.resolve().then(() => {
      this.#batch = this.#batch === batch ? undefined : this.#batch;
      return this.#send(batch);
    });
    const batch: Batch = { channel: frame.channel, epoch: frame.epoch, sequences, answer };
    this.#batch = batch;
    return answer;
  }

  /** A frame has come again: when it was acknowledged, that was lost, and it is done again. */
  repeat(frame: FrameEnvelope): void {
    if (frame.requires_ack && this.#epoch === frame.epoch && this.#acknowledged.has(frame.sequence)) {
      this.ack(frame).catch((error: unknown) => {
        this.#link.report(error);
      });
    }
  }

  async #send({ channel, epoch, sequences }: Batch): Promise<AckResult | undefined> {
    try {
      const { session } = this.#link;
      return session && accepted(await new RealtimeHubProxy(session).ack({ channel, epoch, sequences: [...sequences] }));
    } catch (error) {
      if (error instanceof ConnectionError) {
        return undefined;
      }
      throw error;
    }
  }

  #remember(frame: FrameEnvelope): void {
    if (this.#epoch !== frame.epoch) {
      this.#epoch = frame.epoch;
      this.#acknowledged.clear();
    }
    this.#acknowledged.add(frame.sequence);
    if (this.#acknowledged.ranges.length > maxRanges) {
      this.#acknowledged.remove(-Infinity, this.#acknowledged.ranges[maxRanges >>> 1]?.to ?? 0);
    }
  }
}
