// Viridis: as many steps to the eye as to the numbers, whatever colours the eye can tell apart.
const anchors = [
  [68, 1, 84], [72, 40, 120], [62, 73, 137], [49, 104, 142], [38, 130, 142], [31, 158, 137], [53, 183, 121], [110, 206, 88], [181, 222, 43], [253, 231, 37],
] as const;

/** 256 colours, as the pixels of an ImageData of a little-endian machine. */
export const viridis: Uint32Array = Uint32Array.from({ length: 256 }, (_, index) => {
  const at = (index / 255) * (anchors.length - 1);
  const low = anchors[Math.floor(at)] ?? anchors[0];
  const high = anchors[Math.min(anchors.length - 1, Math.floor(at) + 1)] ?? low;
  const part = (channel: 0 | 1 | 2): number => Math.round(low[channel] + (high[channel] - low[channel]) * (at % 1));
  return ((255 << 24) | (part(2) << 16) | (part(1) << 8) | part(0)) >>> 0;
});

/** The scale from left to right, for a legend. */
export const viridisGradient = `linear-gradient(90deg, ${anchors.map((c) => `rgb(${c.join(" ")})`).join(", ")})`;

/** The smallest and the greatest of the numbers that are there; undefined when none is. */
export function rangeOf(values: Float32Array): readonly [number, number] | undefined {
  let low = Infinity;
  let high = -Infinity;
  for (const value of values) {
    if (value < low) {
      low = value;
    }
    if (value > high) {
      high = value;
    }
  }
  return low <= high ? [low, high] : undefined;
}

/** Which of the 256 colours a number has. */
export function shadeOf(value: number, low: number, high: number): number {
  return high > low ? Math.min(255, Math.max(0, Math.round(((value - low) / (high - low)) * 255))) : 0;
}
