/** Neighbouring offsets of one channel log, both ends included. */
export interface OffsetRange {
  readonly from: number;
  readonly to: number;
}

/**
 * A set of offsets, kept as sorted ranges that neither touch nor overlap, so that a run of any length costs one entry.
 * Looking up and adding at the end take O(log n) for n ranges.
 */
export class OffsetRanges {
  #ranges: OffsetRange[] = [];
  #count = 0;

  /** How many offsets there are. */
  get offsetCount(): number {
    return this.#count;
  }

  /** The ranges, lowest first. */
  get ranges(): readonly OffsetRange[] {
    return this.#ranges;
  }

  /** Whether the set holds this offset. */
  has(offset: number): boolean {
    return this.endOfRangeAt(offset) !== undefined;
  }

  /** The last offset of the range that holds this offset; undefined when none does. */
  endOfRangeAt(offset: number): number | undefined {
    const range = this.#ranges[this.#firstEndingAtOrAfter(offset)];
    return range !== undefined && range.from <= offset ? range.to : undefined;
  }

  /** How many offsets of `from` to `to` the set holds. */
  countIn(from: number, to: number): number {
    let count = 0;
    for (const range of this.#touching(from, to)) {
      count += Math.min(range.to, to) - Math.max(range.from, from) + 1;
    }
    return count;
  }

  /** The offsets of `from` to `to` that the set does not hold, in order. */
  holes(from: number, to: number): OffsetRange[] {
    const holes: OffsetRange[] = [];
    let next = from;
    for (const range of this.#touching(from, to)) {
      if (range.from > next) {
        holes.push({ from: next, to: range.from - 1 });
      }
      next = range.to + 1;
    }
    if (next <= to) {
      holes.push({ from: next, to });
    }
    return holes;
  }

  /** Adds `from` to `to` and says how many of them are new. */
  add(from: number, to: number = from): number {
    const first = this.#firstEndingAtOrAfter(from - 1);
    let end = first;
    let known = 0;
    let low = from;
    let high = to;
    for (let range = this.#ranges[end]; range !== undefined && range.from <= to + 1; range = this.#ranges[++end]) {
      known += range.to - range.from + 1;
      low = Math.min(low, range.from);
      high = Math.max(high, range.to);
    }
    this.#ranges.splice(first, end - first, { from: low, to: high });
    const added = high - low + 1 - known;
    this.#count += added;
    return added;
  }

  /** Removes `from` to `to` and says how many of them were there. */
  remove(from: number, to: number): number {
    const first = this.#firstEndingAtOrAfter(from);
    const kept: OffsetRange[] = [];
    let end = first;
    let removed = 0;
    for (let range = this.#ranges[end]; range !== undefined && range.from <= to; range = this.#ranges[++end]) {
      removed += Math.min(range.to, to) - Math.max(range.from, from) + 1;
      if (range.from < from) {
        kept.push({ from: range.from, to: from - 1 });
      }
      if (range.to > to) {
        kept.push({ from: to + 1, to: range.to });
      }
    }
    this.#ranges.splice(first, end - first, ...kept);
    this.#count -= removed;
    return removed;
  }

  /** Removes everything. */
  clear(): void {
    this.#ranges = [];
    this.#count = 0;
  }

  *#touching(from: number, to: number): Iterable<OffsetRange> {
    let index = this.#firstEndingAtOrAfter(from);
    for (let range = this.#ranges[index]; range !== undefined && range.from <= to; range = this.#ranges[++index]) {
      yield range;
    }
  }

  #firstEndingAtOrAfter(offset: number): number {
    let low = 0;
    let high = this.#ranges.length;
    // Frames come in order, so most look-ups are at the end.
    if ((this.#ranges[high - 1]?.to ?? Infinity) < offset) {
      return high;
    }
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.#ranges[middle]?.to ?? Infinity) < offset) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }
}
