/** How many offsets of a channel a subscription has received, had skipped or lost, over all epochs. */
export interface CoverageTotals {
  /** Frames received, each counted once. */
  readonly received: number;
  /** Frames that came again and were not shown. */
  readonly duplicates: number;
  /** Offsets that are announced as withheld on purpose, by reason. */
  readonly skipped: Readonly<Record<string, number>>;
  /** Offsets that are announced as lost, by reason. */
  readonly lost: Readonly<Record<string, number>>;
  /** Offsets that neither came nor were announced although the server said so: must be 0. */
  readonly missing: number;
  /** Offsets of the current epoch of which nothing is known yet. */
  readonly pending: number;
  /** How often the channel's log began anew; what the old log held after the last position cannot be known. */
  readonly epochChanges: number;
}

export const noTotals: CoverageTotals = {
  received: 0, duplicates: 0, skipped: {}, lost: {}, missing: 0, pending: 0, epochChanges: 0,
};

/** The sum of two totals. */
export function addTotals(left: CoverageTotals, right: CoverageTotals): CoverageTotals {
  return {
    received: left.received + right.received,
    duplicates: left.duplicates + right.duplicates,
    skipped: addCounts(left.skipped, right.skipped),
    lost: addCounts(left.lost, right.lost),
    missing: left.missing + right.missing,
    pending: left.pending + right.pending,
    epochChanges: left.epochChanges + right.epochChanges,
  };
}

function addCounts(left: Readonly<Record<string, number>>, right: Readonly<Record<string, number>>): Record<string, number> {
  const sum = { ...left };
  for (const [reason, count] of Object.entries(right)) {
    sum[reason] = (sum[reason] ?? 0) + count;
  }
  return sum;
}
