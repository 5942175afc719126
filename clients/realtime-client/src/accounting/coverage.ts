import type { FrameEnvelope, Gap, Skipped, StreamItem, StreamPosition, Subscribed } from "../wire.js";
import { addTotals, noTotals, type CoverageTotals } from "./coverage-totals.js";
import { EpochLedger, type OffsetState } from "./epoch-ledger.js";
import type { OffsetRange } from "./offset-ranges.js";

const maxPastEpochs = 16;

/**
 * The books of one subscription or stream: which offsets of its channel came, were withheld, were lost, or are still
 * open. A change of epoch starts new books and keeps the totals of the old ones. The books stay small whatever comes.
 */
export class Coverage {
  #pastEpochs: string[] = [];
  #past: CoverageTotals = noTotals;
  #ledger: EpochLedger | undefined;

  /** The end of the contiguous offsets that came or were announced: resuming here misses nothing. Undefined before the start. */
  get accountedUpTo(): StreamPosition | undefined {
    return this.#ledger && { epoch: this.#ledger.epoch, sequence: this.#ledger.accountedUpTo };
  }

  /** Whether everything up to the server's last word came or was announced. False must never happen. */
  get isComplete(): boolean {
    return this.totals().missing === 0;
  }

  /** The totals over all epochs. */
  totals(): CoverageTotals {
    return this.#ledger === undefined ? this.#past : addTotals(this.#past, this.#ledger.totals());
  }

  /** What is known of one offset of the current epoch. */
  stateOf(offset: number): OffsetState {
    return this.#ledger?.stateOf(offset) ?? "not_asked";
  }

  /** The offsets of the current epoch that are in one state, in order. */
  ranges(state: OffsetState): readonly OffsetRange[] {
    return this.#ledger?.ranges(state) ?? [];
  }

  /** With `supersedes` what is open before the start is not asked for any more, because only the newest counts. @internal */
  bookSubscribed(subscribed: Subscribed, supersedes = false): void {
    if (this.#ledger?.epoch !== subscribed.epoch || subscribed.reason === "future") {
      this.#begin(subscribed.epoch, subscribed.sequence);
    } else {
      if (supersedes) {
        this.#ledger.supersede(subscribed.sequence);
      }
      this.#ledger.rejoin(subscribed.sequence, subscribed.recovered ? undefined : subscribed.reason);
    }
  }

  /** Books a frame; false when it came before. @internal */
  bookFrame(frame: FrameEnvelope): boolean {
    return this.#ledgerOf(frame.epoch, frame.sequence)?.receive(frame.sequence) ?? false;
  }

  /** @internal */
  bookGap(gap: Gap): void {
    this.#ledgerOf(gap.epoch, gap.from)?.lose(gap.from, gap.to, gap.reason);
  }

  /** @internal */
  bookSkipped(skipped: Skipped): void {
    this.#ledgerOf(skipped.epoch, skipped.from)?.skip(skipped.from, skipped.to, skipped.count, skipped.reason);
  }

  /** The server says that everything up to here was sent or announced; how many offsets turn out to be missing. @internal */
  confirm(epoch: string, upTo: number, newest: number): number {
    if (this.#ledger?.epoch !== epoch) {
      return 0;
    }
    const before = this.#ledger.totals().missing;
    this.#ledger.confirm(upTo, newest);
    return this.#ledger.totals().missing - before;
  }

  /** Books one item of a stream; false when it is a frame that came before. @internal */
  bookItem(item: StreamItem): boolean {
    switch (item.kind) {
      case "frame":
        return this.bookFrame(item.frame);
      case "subscribed":
        this.bookSubscribed(item.subscribed);
        return true;
      case "gap":
        this.bookGap(item.gap);
        return true;
      case "skipped":
        this.bookSkipped(item.skipped);
        return true;
      case "end":
        this.confirm(item.end.epoch, item.end.sequence, item.end.sequence);
        return true;
      case "degraded":
      case "restored":
      case "error":
        return true;
    }
  }

  // A frame or notice of an unknown epoch begins new books even when nobody announced it; one of a past epoch is late.
  #ledgerOf(epoch: string, offset: number): EpochLedger | undefined {
    if (this.#ledger?.epoch === epoch) {
      return this.#ledger;
    }
    return this.#pastEpochs.includes(epoch) ? undefined : this.#begin(epoch, offset - 1);
  }

  #begin(epoch: string, start: number): EpochLedger {
    const ended = this.#ledger;
    if (ended !== undefined) {
      this.#past = addTotals(this.#past, { ...ended.totals(), pending: 0, epochChanges: 1 });
      if (ended.epoch !== epoch) {
        this.#pastEpochs = [...this.#pastEpochs, ended.epoch].slice(-maxPastEpochs);
      }
    }
    return (this.#ledger = new EpochLedger(epoch, start));
  }
}
