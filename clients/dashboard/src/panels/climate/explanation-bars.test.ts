import { expect, test } from "vitest";
import { barsOf } from "./explanation-bars.js";

test("The bars lead from the base value to the prediction, the greatest first and the rest together", () => {
  const bars = barsOf({ features: ["a", "b", "c", "d"], contributions: [1, -3, 0.5, 0.25], base_value: 10, prediction: 8.75, units: "K", quantum: 0.01 }, 2);
  expect(bars).toEqual([
    { name: "b", change: -3, from: 10, to: 7 },
    { name: "a", change: 1, from: 7, to: 8 },
    { name: "2 others", change: 0.75, from: 8, to: 8.75 },
  ]);
});
