import type { XaiAttribution } from "@realtimehub/client";

/** One bar: from where the sum stood before it to where it stands after it. */
export interface Bar {
  readonly name: string;
  readonly change: number;
  readonly from: number;
  readonly to: number;
}

/** The greatest contributions one after another, and the rest together: the bars lead from the base value to the prediction. */
export function barsOf({ features, contributions, base_value }: XaiAttribution, most: number): Bar[] {
  const all = features.map((name, index) => ({ name, change: contributions[index] ?? 0 })).sort((a, b) => Math.abs(b.change) - Math.abs(a.change));
  const rest = all.slice(most);
  const shown = rest.length === 0 ? all : [...all.slice(0, most), { name: `${rest.length} others`, change: rest.reduce((sum, one) => sum + one.change, 0) }];
  let at = base_value;
  return shown.map(({ name, change }) => {
    const from = at;
    at += change;
    return { name, change, from, to: at };
  });
}
