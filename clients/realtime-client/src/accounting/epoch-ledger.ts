import type { CoverageTotals } from "./coverage-totals.js";
import { OffsetRanges, type OffsetRange } from "./offset-ranges.js";
import { addTo, SkipAnnouncements } from "./skip-announcements.js";

/**
 * What a subscription knows of one offset. `missing`: neither come nor announced, although the server says that it was;
 * this must never happen. `folded`: received, skipped or lost so long ago that only the totals remember which.
 */
export type OffsetState = "not_asked" | "pending" | "received" | "skipped" | "lost" | "missing" | "folded";

const defaultMaxRanges = 65_536;

/**
 * The books of one epoch of one channel: every offset after the start is received, skipped, lost, or open. An announced
 * skip counts as accounted for once the notices explain every hole in its range, or once the server says that it has
 * announced everything.
 */
export class EpochLedger {
  readonly epoch: string;
  readonly #maxRanges: number;
  readonly #covered = new OffsetRanges();
  readonly #received = new OffsetRanges();
  readonly #lost = new Map<string, OffsetRanges>();
  readonly #foldedLost = new Map<string, number>();
  readonly #skipped = new Map<string, number>();
  readonly #announced = new SkipAnnouncements();
  #start: number;
  #highest: number;
  #confirmed: number;
  #foldedTo = -Infinity;
  #foldedReceived = 0;
  #unexplained = 0;
  #duplicates = 0;

  constructor(epoch: string, start: number, maxRanges: number = defaultMaxRanges) {
    this.epoch = epoch;
    this.#start = this.#highest = this.#confirmed = start;
    this.#maxRanges = maxRanges;
  }

  /** The end of the contiguous accounted offsets after the start: resuming here misses nothing. */
  get accountedUpTo(): number {
    return this.#covered.endOfRangeAt(this.#start + 1) ?? this.#start;
  }

  /** Books a frame; false when it came before. */
  receive(offset: number): boolean {
    if ((offset <= this.#foldedTo && this.#covered.has(offset)) || this.#received.add(offset) === 0) {
      this.#duplicates++;
      return false;
    }
    if (this.#covered.add(offset) === 0) {
      for (const lost of this.#lost.values()) {
        lost.remove(offset, offset);
      }
    }
    this.#highest = Math.max(this.#highest, offset);
    this.#settleIfExplained();
    this.#foldIfLarge();
    return true;
  }

  /** Books a loss; what was received or skipped before stays so. */
  lose(from: number, to: number, reason: string): void {
    let lost = this.#lost.get(reason);
    if (lost === undefined) {
      this.#lost.set(reason, (lost = new OffsetRanges()));
    }
    for (const hole of this.#covered.holes(from, to)) {
      lost.add(hole.from, hole.to);
    }
    this.#covered.add(from, to);
    this.#highest = Math.max(this.#highest, to);
    this.#settleIfExplained();
  }

  /** Books an announced skip: `count` of the offsets in the range. */
  skip(from: number, to: number, count: number, reason: string): void {
    this.#announced.add(from, to, count, reason, this.#covered);
    this.#highest = Math.max(this.#highest, to);
    this.#settleIfExplained();
  }

  /** Books what is open up to here as conflated. */
  supersede(upTo: number): void {
    for (const { from, to } of [...this.#covered.holes(this.#start + 1, upTo)]) {
      this.#skipped.set("conflated", (this.#skipped.get("conflated") ?? 0) + to - from + 1);
      this.#covered.add(from, to);
    }
  }

  /** The server says that everything up to here was sent or announced. */
  confirm(upTo: number, newest: number): void {
    if (!this.#announced.isEmpty) {
      this.#unexplained += this.#announced.unexplained(this.#covered);
      this.#announced.moveTo(this.#covered, this.#skipped);
    }
    this.#confirmed = Math.max(this.#confirmed, upTo);
    this.#highest = Math.max(this.#highest, upTo, newest);
  }

  /**
   * The subscription goes on after `sequence`; what came after that is sent and announced again.
   * `lossReason` says why the offsets between the accounted ones and the position do not come; undefined when they were sent before.
   */
  rejoin(sequence: number, lossReason: string | undefined): void {
    // Further patterns are granted at the place where the subscription stands: what is announced up to there stays so.
    if (lossReason !== undefined || sequence <= this.accountedUpTo) {
      this.#announced.clear();
    }
    if (sequence < this.#start) {
      this.#start = sequence;
    } else if (lossReason !== undefined && sequence > this.accountedUpTo) {
      this.lose(this.accountedUpTo + 1, sequence, lossReason);
    }
  }

  stateOf(offset: number): OffsetState {
    if (offset <= this.#foldedTo && this.#covered.has(offset)) {
      return "folded";
    }
    if (this.#received.has(offset)) {
      return "received";
    }
    if ([...this.#lost.values()].some((lost) => lost.has(offset))) {
      return "lost";
    }
    if (offset <= this.#start) {
      return "not_asked";
    }
    if (this.#covered.has(offset)) {
      return "skipped";
    }
    return offset <= this.#confirmed ? "missing" : "pending";
  }

  /** The offsets in one state, in order. */
  ranges(state: OffsetState): readonly OffsetRange[] {
    switch (state) {
      case "received":
        return [...this.#received.ranges];
      case "lost":
        return this.#allLost().ranges;
      case "missing":
        return this.#covered.holes(this.#start + 1, this.#confirmed);
      case "pending":
        return this.#covered.holes(Math.max(this.#start, this.#confirmed) + 1, this.#highest);
      case "folded":
        return copyOf(this.#covered, (all) => all.remove(this.#foldedTo + 1, Infinity));
      case "skipped":
        return copyOf(this.#covered, (all) => {
          for (const range of [...this.#received.ranges, ...this.#allLost().ranges]) {
            all.remove(range.from, range.to);
          }
          all.remove(-Infinity, Math.max(this.#start, this.#foldedTo));
        });
      case "not_asked":
        return [];
    }
  }

  totals(): CoverageTotals {
    const lost: Record<string, number> = {};
    for (const [reason, ranges] of this.#lost) {
      lost[reason] = ranges.offsetCount + (this.#foldedLost.get(reason) ?? 0);
    }
    return {
      received: this.#received.offsetCount + this.#foldedReceived,
      duplicates: this.#duplicates,
      skipped: Object.fromEntries(this.#skipped),
      lost,
      missing: this.#open(this.#start + 1, this.#confirmed) + this.#unexplained,
      pending: this.#open(Math.max(this.#start, this.#confirmed) + 1, this.#highest),
      epochChanges: 0,
    };
  }

  #open(from: number, to: number): number {
    return from > to ? 0 : to - from + 1 - this.#covered.countIn(from, to);
  }

  #allLost(): OffsetRanges {
    const all = new OffsetRanges();
    for (const lost of this.#lost.values()) {
      for (const range of lost.ranges) {
        all.add(range.from, range.to);
      }
    }
    return all;
  }

  #settleIfExplained(): void {
    if (!this.#announced.isEmpty && this.#announced.unexplained(this.#covered) === 0) {
      this.#announced.moveTo(this.#covered, this.#skipped);
    }
  }

  // Frames between skipped ones are a range each, without end. Of old ones, only how many there were is kept.
  #foldIfLarge(): void {
    const ranges = this.#received.ranges;
    if (ranges.length <= this.#maxRanges) {
      return;
    }
    this.#foldedTo = ranges[this.#maxRanges >>> 1]?.to ?? this.#foldedTo;
    this.#foldedReceived += this.#received.remove(-Infinity, this.#foldedTo);
    for (const [reason, lost] of this.#lost) {
      addTo(this.#foldedLost, reason, lost.remove(-Infinity, this.#foldedTo));
    }
  }
}

function copyOf(ranges: OffsetRanges, change: (copy: OffsetRanges) => void): readonly OffsetRange[] {
  const copy = new OffsetRanges();
  for (const range of ranges.ranges) {
    copy.add(range.from, range.to);
  }
  change(copy);
  return copy.ranges;
}
