/** One piece of a line of equal values, in cells: column and row of both ends. */
export type Segment = readonly [x1: number, y1: number, x2: number, y2: number];

/** The line of one level through a grid of values (marching squares). Squares with a missing corner have none. */
export function contour(values: Float32Array, rows: number, columns: number, level: number): Segment[] {
  const segments: Segment[] = [];
  const at = (row: number, column: number): number => values[row * columns + column] ?? NaN;
  for (let row = 0; row < rows - 1; row++) {
    for (let column = 0; column < columns - 1; column++) {
      const [a, b, c, d] = [at(row, column), at(row, column + 1), at(row + 1, column + 1), at(row + 1, column)];
      if (Number.isNaN(a + b + c + d)) {
        continue;
      }
      const crossings: (readonly [number, number])[] = [];
      const cross = (from: number, to: number, point: (part: number) => readonly [number, number]): void => {
        if (from < level !== to < level) {
          crossings.push(point((level - from) / (to - from)));
        }
      };
      cross(a, b, (part) => [column + part, row]);
      cross(b, c, (part) => [column + 1, row + part]);
      cross(d, c, (part) => [column + part, row + 1]);
      cross(a, d, (part) => [column, row + part]);
      // A saddle has four: which belong together is arbitrary, but always the same.
      for (let index = 0; index + 1 < crossings.length; index += 2) {
        const [[x1, y1], [x2, y2]] = [crossings[index] ?? [0, 0], crossings[index + 1] ?? [0, 0]];
        segments.push([x1, y1, x2, y2]);
      }
    }
  }
  return segments;
}

/** Round numbers between two ends, about as many as asked for. */
export function levelsBetween(low: number, high: number, about: number): number[] {
  const rough = (high - low) / (about + 1);
  if (!(rough > 0)) {
    return [];
  }
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = power * ([1, 2, 2.5, 5, 10].find((factor) => factor * power >= rough) ?? 10);
  const levels: number[] = [];
  for (let level = Math.ceil(low / step) * step; level < high; level += step) {
    if (level > low) {
      levels.push(Number(level.toPrecision(6)));
    }
  }
  return levels;
}
