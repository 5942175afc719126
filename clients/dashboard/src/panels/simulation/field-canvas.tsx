import { useEffect, useRef, type MouseEvent, type ReactNode } from "react";
import { rangeOf, shadeOf, viridis, viridisGradient } from "../../ui/color-scale.js";
import { useLive } from "../../ui/live-store.js";
import type { Field, RunView } from "./run-view.js";

interface Props {
  readonly view: RunView;
  /** A cell was clicked. */
  readonly onCell: (x: number, y: number) => void;
}

/** The field as an image, drawn as often as the screen shows one. */
export function FieldCanvas({ view, onCell }: Props): ReactNode {
  useLive(view.store);
  const canvas = useRef<HTMLCanvasElement>(null);
  const { field } = view;
  useEffect(() => {
    if (canvas.current !== null && field !== undefined) {
      draw(canvas.current, field);
    }
  }, [field]);
  const click = (event: MouseEvent<HTMLCanvasElement>): void => {
    if (field !== undefined) {
      const box = event.currentTarget.getBoundingClientRect();
      onCell(cellOf(event.clientX - box.left, box.width, field.columns), cellOf(event.clientY - box.top, box.height, field.rows));
    }
  };
  const ends = (field && rangeOf(field.values))?.map((value) => shown(value, field.units)) ?? ["—", "—"];
  return (
    <figure className="field">
      <canvas ref={canvas} role="img" aria-label="The field" data-fields={view.fields} data-step={view.newest?.step} onClick={click} />
      {field === undefined && view.isOver && <p className="empty">The fields of this run were not kept, for nobody watched them while it ran.</p>}
      <figcaption>
        <span>{ends[0]}</span>
        <i style={{ background: viridisGradient }} aria-hidden />
        <span>{ends[1]}</span>
      </figcaption>
    </figure>
  );
}

function draw(canvas: HTMLCanvasElement, { rows, columns, values }: Field): void {
  const context = canvas.getContext("2d");
  if (context === null) {
    return;
  }
  canvas.width = columns;
  canvas.height = rows;
  const [low, high] = rangeOf(values) ?? [0, 1];
  const image = context.createImageData(columns, rows);
  const pixels = new Uint32Array(image.data.buffer);
  for (let index = 0; index < pixels.length; index++) {
    pixels[index] = viridis[shadeOf(values[index] ?? 0, low, high)] ?? 0;
  }
  context.putImageData(image, 0, 0);
}

function cellOf(offset: number, length: number, cells: number): number {
  return Math.min(cells - 1, Math.max(0, Math.floor((offset / length) * cells)));
}

// A potential is told in millivolts.
function shown(value: number, units: string | undefined): string {
  return units === "V" ? `${(value * 1_000).toFixed(1)} mV` : `${value.toFixed(3)}${units === undefined || units === "1" ? "" : ` ${units}`}`;
}
