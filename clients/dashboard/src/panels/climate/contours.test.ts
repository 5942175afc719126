import { expect, test } from "vitest";
import { contour, levelsBetween } from "./contours.js";
import { isInside, Projection } from "./projection.js";

test("A contour runs where the values cross its level, and not beside what is missing", () => {
  expect(contour(new Float32Array([0, 2, 0, 2]), 2, 2, 1)).toEqual([[0.5, 0, 0.5, 1]]);
  expect(contour(new Float32Array([0, 2, 0, NaN]), 2, 2, 1)).toEqual([]);
  expect(contour(new Float32Array([0, 0, 0, 0]), 2, 2, 1)).toEqual([]);
});

test("Levels are round numbers inside the range", () => {
  expect(levelsBetween(0, 1_000, 4)).toEqual([200, 400, 600, 800]);
  expect(levelsBetween(-1.3, 0.4, 3)).toEqual([-1, -0.5, 0]);
  expect(levelsBetween(5, 5, 4)).toEqual([]);
});

test("A place goes to its pixel and back, and to the cell of the grid that it is in", () => {
  const projection = new Projection({ rows: 13, columns: 30, latitude: 37, longitude: -102, latitude_step: 0.25, longitude_step: 0.25 }, 1_200);
  const [x, y] = projection.toPixel([-98.5, 38.5]);
  expect(projection.toPlace(x, y).map((degrees) => degrees.toFixed(6))).toEqual(["-98.500000", "38.500000"]);
  expect(projection.cellOf([-98.5, 38.5])).toEqual([6, 14]);
  expect(projection.cellOf([-110, 50])).toEqual([12, 0]);
  expect(projection.placeOf(6, 14)).toEqual([-98.5, 38.5]);
  expect(projection.height).toBeGreaterThan(600);
});

test("A place is inside a ring or it is not", () => {
  const square = [[0, 0], [2, 0], [2, 2], [0, 2]];
  expect([isInside([1, 1], square), isInside([3, 1], square), isInside([1, -1], square)]).toEqual([true, false, false]);
});
