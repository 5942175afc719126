import { expect, test } from "vitest";
import { Backoff } from "./backoff.js";

const options = { backoffBaseMs: 500, backoffCapMs: 20_000 };

test("Backoff doubles its limit up to the cap", () => {
  const backoff = new Backoff({ ...options, random: () => 1 });
  expect(Array.from({ length: 8 }, () => backoff.next())).toEqual([500, 1_000, 2_000, 4_000, 8_000, 16_000, 20_000, 20_000]);
});

test("Backoff gives anything from nothing to its limit", () => {
  const shares = [0, 0.25, 0.5];
  const backoff = new Backoff({ ...options, random: () => shares.shift()! });
  expect([backoff.next(), backoff.next(), backoff.next()]).toEqual([0, 250, 1_000]);
});

test("Backoff counts a given delay as an attempt, and starts over", () => {
  const backoff = new Backoff({ ...options, random: () => 1 });
  expect([backoff.next(70), backoff.next()]).toEqual([70, 1_000]);
  backoff.reset();
  expect(backoff.next()).toBe(500);
});
