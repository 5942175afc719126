import type { XaiPayload } from "@realtimehub/client";
import type { ReactNode } from "react";
import { barsOf } from "./explanation-bars.js";
import { unitOf } from "./variables.js";

const mostBars = 8;

/** Which feature moves the prediction, and how far: bars that lead from the base value to the prediction. */
export function Explanation({ payload }: { readonly payload: XaiPayload }): ReactNode {
  const { attribution } = payload;
  const bars = barsOf(attribution, mostBars);
  const end = bars.at(-1)?.to ?? attribution.base_value;
  const ends = [attribution.base_value, ...bars.map((bar) => bar.to)];
  const [low, high] = [Math.min(...ends), Math.max(...ends)];
  const part = (value: number): number => (high > low ? ((value - low) / (high - low)) * 100 : 0);
  const unit = unitOf(attribution.units);
  return (
    <div className="explanation" data-base={attribution.base_value} data-prediction={attribution.prediction} data-sum={end}>
      <p>
        From the base value <b>{attribution.base_value.toFixed(2)} {unit}</b> {attribution.features.length} features lead to the prediction <b>{(attribution.prediction ?? end).toFixed(2)} {unit}</b>.
      </p>
      <ol aria-label="Contributions">
        {bars.map(({ name, change, from, to }) => (
          <li key={name}>
            <span title={name}>{name}</span>
            <i aria-hidden>
              <b className={change < 0 ? "down" : "up"} style={{ left: `${part(Math.min(from, to))}%`, width: `max(2px, ${Math.abs(part(to) - part(from))}%)` }} />
            </i>
            <output>
              {change < 0 ? "−" : "+"}
              {Math.abs(change).toFixed(2)} {unit}
            </output>
          </li>
        ))}
      </ol>
      <small>
        {payload.method}, model {payload["kfm:model_version"]}; {payload.background}
      </small>
    </div>
  );
}
