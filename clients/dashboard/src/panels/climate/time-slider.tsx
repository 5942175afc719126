import type { ReactNode } from "react";
import { useLive } from "../../ui/live-store.js";
import type { ClimateView } from "./climate-view.js";

/** Goes back to any frame that came, and follows the newest again. */
export function TimeSlider({ view }: { readonly view: ClimateView }): ReactNode {
  useLive(view.store);
  const { frames, index, isNewest, shown } = view;
  const text = shown === undefined ? "—" : timeOfData(shown.frame.payload.time);
  return (
    <div className="time">
      <label>
        Time
        <input
          type="range"
          min={0}
          max={Math.max(1, frames.length - 1)}
          value={frames.length < 2 ? 1 : index}
          disabled={frames.length < 2}
          aria-valuetext={text}
          onChange={(event) => view.choose(event.target.valueAsNumber)}
        />
      </label>
      <output aria-label="Valid time">
        {text}
        <small>
          {frames.length === 0 ? "" : `${index + 1} of ${frames.length}${view.isOver && view.problem === undefined ? ", to its end" : ""}`}
        </small>
      </output>
      <button disabled={isNewest} onClick={() => view.choose(frames.length - 1)}>
        Newest
      </button>
    </div>
  );
}

/** A time of the data, in its own time zone: UTC. */
export function timeOfData(time: string): string {
  return `${time.slice(0, 10)} ${time.slice(11, 16)} UTC`;
}
