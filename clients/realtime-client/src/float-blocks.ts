import type { FloatBlock } from "./wire.js";

const isLittleEndian = new Uint8Array(new Uint16Array([1]).buffer)[0] === 1;

/**
 * The numbers of a block, the last dimension fastest. 32-bit floats are a view of the bytes that came where they are
 * aligned, else a copy; stored whole numbers are scaled.
 */
export function toFloat32Array(block: Pick<FloatBlock, "dtype" | "data" | "scale" | "offset">): Float32Array {
  const bytes = typeof block.data === "string" ? fromBase64(block.data) : block.data;
  const { scale, offset } = block;
  switch (block.dtype) {
    case "uint8":
      return Float32Array.from(bytes, (q) => offset + scale * q);
    case "uint16":
      return Float32Array.from(words(bytes, Uint16Array, (view, at) => view.getUint16(at, true)), (q) => offset + scale * q);
    case "float32":
      return words(bytes, Float32Array, (view, at) => view.getFloat32(at, true));
  }
}

interface WordArray<T> {
  readonly BYTES_PER_ELEMENT: number;
  new (length: number): T;
  new (buffer: ArrayBuffer, byteOffset: number, length: number): T;
}

// A view of the bytes as the machine's own numbers; a copy where they are not aligned, or the machine turns bytes round.
function words<T extends Float32Array | Uint16Array>(bytes: Uint8Array, array: WordArray<T>, read: (view: DataView, at: number) => number): T {
  const size = array.BYTES_PER_ELEMENT;
  if (bytes.byteLength % size !== 0) {
    throw new RangeError(`The block has ${String(bytes.byteLength)} bytes, which is not a multiple of ${String(size)}`);
  }
  const length = bytes.byteLength / size;
  if (isLittleEndian) {
    const aligned = bytes.byteOffset % size === 0 ? bytes : bytes.slice();
    return new array(aligned.buffer as ArrayBuffer, aligned.byteOffset, length);
  }
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const numbers = new array(length);
  for (let index = 0; index < length; index++) {
    numbers[index] = read(view, index * size);
  }
  return numbers;
}

function fromBase64(text: string): Uint8Array {
  const binary = atob(text);
  const bytes = new Uint8Array(binary.length);
  for (let index = 0; index < binary.length; index++) {
    bytes[index] = binary.charCodeAt(index);
  }
  return bytes;
}
