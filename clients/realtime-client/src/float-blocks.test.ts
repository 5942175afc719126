import { expect, test } from "vitest";
import { toFloat32Array } from "./float-blocks.js";

const values = [1.5, -2.25, 0, Infinity];
const real = (data: string | Uint8Array) => ({ dtype: "float32", data, scale: 1, offset: 0 }) as const;

test("toFloat32Array views aligned floats without copying", () => {
  const whole = new Float32Array([9, ...values]);
  const floats = toFloat32Array(real(new Uint8Array(whole.buffer, 4, 16)));
  expect([...floats]).toEqual(values);
  expect(floats.buffer).toBe(whole.buffer);
});

test("toFloat32Array copies floats that are not aligned", () => {
  const bytes = new Uint8Array(17);
  bytes.set(new Uint8Array(new Float32Array(values).buffer), 1);
  expect([...toFloat32Array(real(bytes.subarray(1)))]).toEqual(values);
});

test("toFloat32Array reads base64", () => {
  expect([...toFloat32Array(real(Buffer.from(new Float32Array(values).buffer).toString("base64")))]).toEqual(values);
});

test("toFloat32Array scales whole numbers", () => {
  expect([...toFloat32Array({ dtype: "uint8", data: new Uint8Array([0, 1, 255]), scale: 0.5, offset: -1 })]).toEqual([-1, -0.5, 126.5]);
  const words = new Uint8Array([0, 0, 0, 0, 1, 255, 255]).subarray(1);
  expect([...toFloat32Array({ dtype: "uint16", data: words, scale: 2, offset: 100 })]).toEqual([100, 612, 131_170]);
});

test("toFloat32Array refuses what is not whole numbers", () => {
  expect(() => toFloat32Array(real(new Uint8Array(6)))).toThrow("6 bytes, which is not a multiple of 4");
});
