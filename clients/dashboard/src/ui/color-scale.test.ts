import { expect, test } from "vitest";
import { rangeOf, shadeOf, viridis } from "./color-scale.js";

test("The scale begins dark and ends bright, and is opaque", () => {
  expect(viridis[0]).toBe(0xff540144);
  expect(viridis[255]).toBe(0xff25e7fd);
});

test("What is missing has no part in the range", () => {
  expect(rangeOf(new Float32Array([NaN, 2, -1, NaN]))).toEqual([-1, 2]);
  expect(rangeOf(new Float32Array([NaN]))).toBeUndefined();
  expect([shadeOf(-1, -1, 2), shadeOf(2, -1, 2), shadeOf(9, -1, 2), shadeOf(1, 1, 1)]).toEqual([0, 255, 255, 0]);
});
