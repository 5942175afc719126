import { expect, test } from "vitest";
import { Ring } from "./ring.js";

test("Ring keeps the newest and counts what it dropped", () => {
  const ring = new Ring<number>(3);
  for (let n = 1; n <= 10; n++) {
    ring.push(n);
  }
  expect(ring.toArray()).toEqual([8, 9, 10]);
  expect([ring.length, ring.dropped, ring.at(0), ring.at(2), ring.at(3)]).toEqual([3, 7, 8, 10, undefined]);
});
