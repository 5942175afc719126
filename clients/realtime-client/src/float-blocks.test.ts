import { expect, test } from "vitest";
import { toFloat32Array } from "./float-blocks.js";

const values = [1.5, -2.25, 0, Infinity];

test("toFloat32Array views aligned bytes without copying", () => {
  const whole = new Float32Array([9, ...values]);
  const bytes = new Uint8Array(whole.buffer, 4, 16);
  const floats = toFloat32Array(bytes);
  expect([...floats]).toEqual(values);
  expect(floats.buffer).toBe(whole.buffer);
});

test("toFloat32Array copies bytes that are not aligned", () => {
  const bytes = new Uint8Array(17);
  bytes.set(new Uint8Array(new Float32Array(values).buffer), 1);
  expect([...toFloat32Array(bytes.subarray(1))]).toEqual(values);
});

test("toFloat32Array reads base64", () => {
  const text = Buffer.from(new Float32Array(values).buffer).toString("base64");
  expect([...toFloat32Array(text)]).toEqual(values);
});

test("toFloat32Array refuses what is not whole floats", () => {
  expect(() => toFloat32Array(new Uint8Array(6))).toThrow("multiple of 4 bytes; this one has 6");
});
