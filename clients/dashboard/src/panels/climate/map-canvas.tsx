import type { ClimateGridSpec } from "@realtimehub/client";
import { useEffect, useRef, type MouseEvent, type ReactNode } from "react";
import { rangeOf, shadeOf, viridis } from "../../ui/color-scale.js";

interface Props {
  readonly label: string;
  readonly grid: ClimateGridSpec;
  readonly values: Float32Array;
  readonly theme: string;
  /** A place was clicked: its cell, rows from the south. */
  readonly onCell: (row: number, column: number) => void;
}

const pixelsPerCell = 16;

/** A field as a raster, north up; what is concealed or missing is hatched. */
export function MapCanvas({ label, grid, values, theme, onCell }: Props): ReactNode {
  const canvas = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    if (canvas.current !== null) {
      draw(canvas.current, grid, values);
    }
  }, [grid, values, theme]);
  const click = (event: MouseEvent<HTMLCanvasElement>): void => {
    const box = event.currentTarget.getBoundingClientRect();
    const column = Math.floor(((event.clientX - box.left) / box.width) * grid.columns);
    const fromNorth = Math.floor(((event.clientY - box.top) / box.height) * grid.rows);
    onCell(clamp(grid.rows - 1 - fromNorth, grid.rows), clamp(column, grid.columns));
  };
  return <canvas ref={canvas} className="map" role="img" aria-label={label} onClick={click} />;
}

function draw(canvas: HTMLCanvasElement, { rows, columns }: ClimateGridSpec, values: Float32Array): void {
  canvas.width = columns * pixelsPerCell;
  canvas.height = rows * pixelsPerCell;
  const context = canvas.getContext("2d");
  const cells = new OffscreenCanvas(columns, rows);
  const small = cells.getContext("2d");
  if (context === null || small === null) {
    return;
  }
  const image = small.createImageData(columns, rows);
  const pixels = new Uint32Array(image.data.buffer);
  const [low, high] = rangeOf(values) ?? [0, 1];
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      const value = values[row * columns + column] ?? NaN;
      pixels[(rows - 1 - row) * columns + column] = Number.isNaN(value) ? 0 : (viridis[shadeOf(value, low, high)] ?? 0);
    }
  }
  small.putImageData(image, 0, 0);
  context.imageSmoothingEnabled = true;
  context.drawImage(cells, 0, 0, canvas.width, canvas.height);
  hatch(context, rows, columns, values);
}

// Drawn over the smooth raster, whole cells, so that nothing that is concealed looks like a value.
function hatch(context: CanvasRenderingContext2D, rows: number, columns: number, values: Float32Array): void {
  const style = getComputedStyle(context.canvas);
  context.fillStyle = style.getPropertyValue("--card");
  context.strokeStyle = style.getPropertyValue("--ink-soft");
  const size = pixelsPerCell;
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      if (Number.isNaN(values[row * columns + column] ?? NaN)) {
        const [x, y] = [column * size, (rows - 1 - row) * size];
        context.fillRect(x, y, size, size);
        context.beginPath();
        context.moveTo(x, y + size);
        context.lineTo(x + size, y);
        context.moveTo(x, y + size / 2);
        context.lineTo(x + size / 2, y);
        context.moveTo(x + size / 2, y + size);
        context.lineTo(x + size, y + size / 2);
        context.stroke();
      }
    }
  }
}

function clamp(index: number, length: number): number {
  return Math.min(length - 1, Math.max(0, index));
}
