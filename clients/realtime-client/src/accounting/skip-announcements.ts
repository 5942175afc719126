import { OffsetRanges } from "./offset-ranges.js";

/** Skips that are announced but do not yet explain every hole in their ranges: notices for other reasons may follow. */
export class SkipAnnouncements {
  readonly #ranges = new OffsetRanges();
  readonly #counts = new Map<string, number>();
  #announced = 0;

  get isEmpty(): boolean {
    return this.#ranges.offsetCount === 0;
  }

  /** Books a notice. After a reconnect it may repeat in part what is covered: it counts for no more than it can explain. */
  add(from: number, to: number, count: number, reason: string, covered: OffsetRanges): void {
    this.#ranges.add(from, to);
    const explained = Math.min(count, this.unexplained(covered));
    this.#announced += explained;
    addTo(this.#counts, reason, explained);
  }

  /** How many holes of the announced ranges no notice explains. */
  unexplained(covered: OffsetRanges): number {
    let holes = this.#ranges.offsetCount;
    for (const range of this.#ranges.ranges) {
      holes -= covered.countIn(range.from, range.to);
    }
    return Math.max(0, holes - this.#announced);
  }

  /** Books everything announced, and is empty then. */
  moveTo(covered: OffsetRanges, counts: Map<string, number>): void {
    for (const range of this.#ranges.ranges) {
      covered.add(range.from, range.to);
    }
    for (const [reason, count] of this.#counts) {
      addTo(counts, reason, count);
    }
    this.clear();
  }

  /** Forgets what was announced: it will be announced again. */
  clear(): void {
    this.#ranges.clear();
    this.#counts.clear();
    this.#announced = 0;
  }
}

/** Adds to one of the counts by name. */
export function addTo(counts: Map<string, number>, name: string, count: number): void {
  counts.set(name, (counts.get(name) ?? 0) + count);
}
