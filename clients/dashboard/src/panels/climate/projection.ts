import type { ClimateGridSpec } from "@realtimehub/client";

/** Longitude and latitude. */
export type Place = readonly [longitude: number, latitude: number];

/** Puts a regular grid on a canvas, north up, with degrees of longitude as short as they are in its middle. */
export class Projection {
  readonly grid: ClimateGridSpec;
  readonly width: number;
  readonly height: number;
  readonly #west: number;
  readonly #north: number;
  readonly #perDegreeEast: number;
  readonly #perDegreeNorth: number;

  constructor(grid: ClimateGridSpec, width: number) {
    const { latitude = 0, longitude = 0, latitude_step: up = 1, longitude_step: across = 1 } = grid;
    this.grid = grid;
    this.width = width;
    this.#west = longitude - across / 2;
    this.#north = latitude + up * (grid.rows - 0.5);
    this.#perDegreeEast = width / (across * grid.columns);
    const middle = latitude + (up * (grid.rows - 1)) / 2;
    this.#perDegreeNorth = this.#perDegreeEast / Math.cos((middle * Math.PI) / 180);
    this.height = Math.round(this.#perDegreeNorth * up * grid.rows);
  }

  /** Where a place is, in pixels from the upper left. */
  toPixel([longitude, latitude]: Place): readonly [x: number, y: number] {
    return [(longitude - this.#west) * this.#perDegreeEast, (this.#north - latitude) * this.#perDegreeNorth];
  }

  /** The place at a pixel. */
  toPlace(x: number, y: number): Place {
    return [this.#west + x / this.#perDegreeEast, this.#north - y / this.#perDegreeNorth];
  }

  /** The middle of a cell of the grid; rows count from the south. */
  placeOf(row: number, column: number): Place {
    const { latitude = 0, longitude = 0, latitude_step: up = 1, longitude_step: across = 1 } = this.grid;
    return [longitude + across * column, latitude + up * row];
  }

  /** The cell of the grid that a place is in, the nearest for places beyond its edges. */
  cellOf([longitude, latitude]: Place): readonly [row: number, column: number] {
    const { rows, columns, latitude: south = 0, longitude: west = 0, latitude_step: up = 1, longitude_step: across = 1 } = this.grid;
    return [clamp(Math.round((latitude - south) / up), rows), clamp(Math.round((longitude - west) / across), columns)];
  }
}

/** Whether a place is inside a ring of places. */
export function isInside([x, y]: Place, ring: readonly (readonly number[])[]): boolean {
  let isIn = false;
  for (let index = 0, before = ring.length - 1; index < ring.length; before = index++) {
    const [x1 = 0, y1 = 0] = ring[index] ?? [];
    const [x2 = 0, y2 = 0] = ring[before] ?? [];
    if (y1 > y !== y2 > y && x < ((x2 - x1) * (y - y1)) / (y2 - y1) + x1) {
      isIn = !isIn;
    }
  }
  return isIn;
}

function clamp(index: number, length: number): number {
  return Math.min(length - 1, Math.max(0, index));
}
