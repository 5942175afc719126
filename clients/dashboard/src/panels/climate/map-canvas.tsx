import { useEffect, useRef, useState, type KeyboardEvent, type PointerEvent, type ReactNode } from "react";
import { careAt } from "./care-layer.js";
import { drawMap, type MapLayers } from "./map-drawing.js";
import type { Place } from "./projection.js";

interface Props {
  readonly label: string;
  readonly layers: MapLayers;
  readonly theme: string;
  /** A place was chosen. */
  readonly onChoose: (place: Place) => void;
}

const moves: Readonly<Record<string, readonly [row: number, column: number]>> = { ArrowUp: [1, 0], ArrowDown: [-1, 0], ArrowRight: [0, 1], ArrowLeft: [0, -1] };

/** The map. A place is chosen with a click or with the arrow keys; where values are not shown as they are, it says why. */
export function MapCanvas({ label, layers, theme, onChoose }: Props): ReactNode {
  const canvas = useRef<HTMLCanvasElement>(null);
  const [pointed, setPointed] = useState<{ readonly x: number; readonly y: number; readonly place: Place }>();
  const { projection, marked, care } = layers;
  useEffect(() => {
    if (canvas.current !== null) {
      drawMap(canvas.current, layers);
    }
  }, [layers, theme]);
  const placeAt = (event: PointerEvent<HTMLElement>): { readonly x: number; readonly y: number; readonly place: Place } => {
    const box = event.currentTarget.getBoundingClientRect();
    const [x, y] = [(event.clientX - box.left) / box.width, (event.clientY - box.top) / box.height];
    return { x, y, place: projection.toPlace(x * projection.width, y * projection.height) };
  };
  const choose = (event: PointerEvent<HTMLElement>): void => {
    const { place } = placeAt(event);
    onChoose(projection.placeOf(...projection.cellOf(place)));
  };
  const step = (event: KeyboardEvent): void => {
    const move = moves[event.key];
    if (move !== undefined) {
      event.preventDefault();
      const { rows, columns } = projection.grid;
      const [row, column] = marked === undefined ? [Math.floor(rows / 2), Math.floor(columns / 2)] : projection.cellOf(marked);
      const [toRow, toColumn] = marked === undefined ? [row, column] : [row + move[0], column + move[1]];
      onChoose(projection.placeOf(Math.min(rows - 1, Math.max(0, toRow)), Math.min(columns - 1, Math.max(0, toColumn))));
    }
  };
  const reason = pointed && careAt(care, projection, pointed.place);
  return (
    <div
      className="map-box"
      tabIndex={0}
      role="application"
      aria-label="Map of Kansas: the arrow keys choose a place"
      onKeyDown={step}
      onPointerUp={choose}
      onPointerMove={(event) => setPointed(placeAt(event))}
      onPointerLeave={() => setPointed(undefined)}
    >
      <canvas ref={canvas} className="map" role="img" aria-label={label} width={projection.width} height={projection.height} />
      {pointed !== undefined && reason !== undefined && (
        <p className="hint" role="tooltip" style={{ left: `${Math.min(0.62, pointed.x) * 100}%`, top: `${pointed.y * 100}%` }}>
          {reason.text}
        </p>
      )}
    </div>
  );
}
