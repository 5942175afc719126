import { expect, test } from "vitest";
import { bytes, duration } from "./format.js";

test("bytes picks the unit", () => {
  expect([bytes(0), bytes(1023), bytes(1536), bytes(5 * 1024 ** 3)]).toEqual(["0 B", "1,023 B", "1.5 KiB", "5 GiB"]);
});

test("duration says two units at most", () => {
  expect([duration(5), duration(65), duration(3_700), duration(90_061)]).toEqual(["5 s", "1 min 5 s", "1 h 1 min", "1 d 1 h"]);
});
