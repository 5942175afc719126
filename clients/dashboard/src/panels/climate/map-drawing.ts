import type { CareMap } from "@realtimehub/client";
import { rangeOf, shadeOf, viridis } from "../../ui/color-scale.js";
import type { Shown } from "./climate-view.js";
import { contour, levelsBetween } from "./contours.js";
import { counties, type Ring } from "./counties.js";
import type { DriverField } from "./driver-layer.js";
import { Projection, type Place } from "./projection.js";

/** What the map shows, from the bottom to the top. */
export interface MapLayers {
  readonly projection: Projection;
  readonly shown: Shown;
  readonly driver: DriverField | undefined;
  readonly care: CareMap | undefined;
  readonly isWindShown: boolean;
  readonly marked: Place | undefined;
}

const pixelsPerArrow = 75;
const aboutLines = 5;

/** The levels that a driver's lines are drawn at. */
export function levelsOf({ values }: DriverField): number[] {
  const [low, high] = rangeOf(values) ?? [0, 0];
  return levelsBetween(low, high, aboutLines);
}

/** Draws everything anew. */
export function drawMap(canvas: HTMLCanvasElement, layers: MapLayers): void {
  const { projection } = layers;
  canvas.width = projection.width;
  canvas.height = projection.height;
  const context = canvas.getContext("2d");
  if (context === null) {
    return;
  }
  const style = getComputedStyle(canvas);
  const [card, ink] = [style.getPropertyValue("--card"), style.getPropertyValue("--ink")];
  drawField(context, projection, layers.shown.values);
  drawHatch(context, projection, layers.shown.values, card, ink);
  drawCells(context, projection, layers.care);
  drawCounties(context, projection);
  if (layers.driver !== undefined) {
    drawLines(context, new Projection(layers.driver.grid, projection.width), projection, layers.driver);
  }
  if (layers.isWindShown && layers.shown.wind !== undefined) {
    drawArrows(context, projection, layers.shown.wind);
  }
  if (layers.marked !== undefined) {
    drawMark(context, projection.toPixel(layers.marked));
  }
}

function drawField(context: CanvasRenderingContext2D, { grid: { rows, columns }, width, height }: Projection, values: Float32Array): void {
  const cells = new OffscreenCanvas(columns, rows);
  const small = cells.getContext("2d");
  if (small === null) {
    return;
  }
  const image = small.createImageData(columns, rows);
  const pixels = new Uint32Array(image.data.buffer);
  const [low, high] = rangeOf(values) ?? [0, 1];
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      const value = valueNear(values, rows, columns, row, column);
      pixels[(rows - 1 - row) * columns + column] = Number.isNaN(value) ? 0 : (viridis[shadeOf(value, low, high)] ?? 0);
    }
  }
  small.putImageData(image, 0, 0);
  context.imageSmoothingEnabled = true;
  context.imageSmoothingQuality = "high";
  context.drawImage(cells, 0, 0, width, height);
}

// What is missing takes a neighbour's colour, so that smoothing does not darken the cells around it; it is hatched over.
function valueNear(values: Float32Array, rows: number, columns: number, row: number, column: number): number {
  const own = values[row * columns + column] ?? NaN;
  if (!Number.isNaN(own)) {
    return own;
  }
  let [sum, count] = [0, 0];
  for (let r = Math.max(0, row - 1); r <= Math.min(rows - 1, row + 1); r++) {
    for (let c = Math.max(0, column - 1); c <= Math.min(columns - 1, column + 1); c++) {
      const value = values[r * columns + c] ?? NaN;
      if (!Number.isNaN(value)) {
        [sum, count] = [sum + value, count + 1];
      }
    }
  }
  return count === 0 ? NaN : sum / count;
}

// Whole cells over the smooth raster, so that nothing that is concealed looks like a value.
function drawHatch(context: CanvasRenderingContext2D, projection: Projection, values: Float32Array, paper: string, ink: string): void {
  const { rows, columns } = projection.grid;
  const [across, up] = [projection.width / columns, projection.height / rows];
  context.save();
  context.beginPath();
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      if (Number.isNaN(values[row * columns + column] ?? NaN)) {
        context.rect(column * across, (rows - 1 - row) * up, across, up);
      }
    }
  }
  context.fillStyle = paper;
  context.fill();
  context.clip();
  context.strokeStyle = ink;
  context.lineWidth = 1.5;
  stripes(context, projection, 9);
  context.restore();
}

function drawCells(context: CanvasRenderingContext2D, projection: Projection, care: CareMap | undefined): void {
  for (const { boundary } of care?.cells ?? []) {
    context.save();
    outline(context, projection, [boundary]);
    context.clip();
    context.strokeStyle = "rgb(255 255 255 / 0.35)";
    context.lineWidth = 1.5;
    stripes(context, projection, 16);
    context.restore();
    outline(context, projection, [boundary]);
    stroke(context, "rgb(0 0 0 / 0.55)", 4);
    stroke(context, "#ffffff", 2);
  }
}

function drawCounties(context: CanvasRenderingContext2D, projection: Projection): void {
  for (const { rings } of counties) {
    outline(context, projection, rings);
    stroke(context, "rgb(255 255 255 / 0.3)", 2.5);
    stroke(context, "rgb(0 0 0 / 0.5)", 1);
  }
}

function drawLines(context: CanvasRenderingContext2D, own: Projection, map: Projection, driver: DriverField): void {
  const { rows, columns } = driver.grid;
  const pixel = (column: number, row: number): readonly [number, number] => map.toPixel(own.placeOf(row, column));
  context.font = "600 17px system-ui, sans-serif";
  context.textAlign = "center";
  for (const level of levelsOf(driver)) {
    const segments = contour(driver.values, rows, columns, level);
    context.beginPath();
    for (const [x1, y1, x2, y2] of segments) {
      context.moveTo(...pixel(x1, y1));
      context.lineTo(...pixel(x2, y2));
    }
    stroke(context, "rgb(0 0 0 / 0.6)", 5);
    stroke(context, "#ffd9a0", 2.5);
    const labelled = segments[Math.floor(segments.length / 2)];
    if (labelled !== undefined) {
      const [x, y] = pixel(labelled[0], labelled[1]);
      context.lineWidth = 5;
      context.strokeStyle = "rgb(0 0 0 / 0.8)";
      context.strokeText(String(level), x, y);
      context.fillStyle = "#ffd9a0";
      context.fillText(String(level), x, y);
    }
  }
}

function drawArrows(context: CanvasRenderingContext2D, projection: Projection, { u, v }: NonNullable<Shown["wind"]>): void {
  const { rows, columns } = projection.grid;
  const every = Math.max(1, Math.round((columns * pixelsPerArrow) / projection.width));
  const longest = (projection.width / columns) * every * 0.95;
  const strongest = Math.max(1, ...Array.from(u, (east, index) => Math.hypot(east, v[index] ?? NaN)).filter((speed) => !Number.isNaN(speed)));
  context.beginPath();
  for (let row = Math.floor(every / 2); row < rows; row += every) {
    for (let column = Math.floor(every / 2); column < columns; column += every) {
      const [east, north] = [u[row * columns + column] ?? NaN, v[row * columns + column] ?? NaN];
      if (!Number.isNaN(east + north)) {
        const [x, y] = projection.toPixel(projection.placeOf(row, column));
        arrow(context, x, y, (east / strongest) * longest, (-north / strongest) * longest);
      }
    }
  }
  stroke(context, "rgb(0 0 0 / 0.75)", 5);
  stroke(context, "#ffffff", 2.25);
}

// Its middle is the place.
function arrow(context: CanvasRenderingContext2D, x: number, y: number, dx: number, dy: number): void {
  const [tipX, tipY] = [x + dx / 2, y + dy / 2];
  const head = Math.min(9, Math.hypot(dx, dy) / 2);
  const angle = Math.atan2(dy, dx);
  context.moveTo(x - dx / 2, y - dy / 2);
  context.lineTo(tipX, tipY);
  for (const side of [-1, 1]) {
    context.moveTo(tipX, tipY);
    context.lineTo(tipX - head * Math.cos(angle + side * 0.5), tipY - head * Math.sin(angle + side * 0.5));
  }
}

function drawMark(context: CanvasRenderingContext2D, [x, y]: readonly [number, number]): void {
  context.beginPath();
  context.arc(x, y, 10, 0, 2 * Math.PI);
  context.moveTo(x - 18, y);
  context.lineTo(x + 18, y);
  context.moveTo(x, y - 18);
  context.lineTo(x, y + 18);
  stroke(context, "#000000", 6);
  stroke(context, "#ffffff", 3);
}

function outline(context: CanvasRenderingContext2D, projection: Projection, rings: readonly Ring[]): void {
  context.beginPath();
  for (const ring of rings) {
    ring.forEach(([longitude = 0, latitude = 0], index) => {
      const [x, y] = projection.toPixel([longitude, latitude]);
      if (index === 0) {
        context.moveTo(x, y);
      } else {
        context.lineTo(x, y);
      }
    });
    context.closePath();
  }
}

function stripes(context: CanvasRenderingContext2D, { width, height }: Projection, apart: number): void {
  context.beginPath();
  for (let from = -height; from < width; from += apart) {
    context.moveTo(from, height);
    context.lineTo(from + height, 0);
  }
  context.stroke();
}

function stroke(context: CanvasRenderingContext2D, color: string, width: number): void {
  context.strokeStyle = color;
  context.lineWidth = width;
  context.stroke();
}
