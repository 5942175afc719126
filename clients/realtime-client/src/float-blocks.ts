/** A block of little-endian 32-bit floats as it travels: bytes in MessagePack, base64 text in JSON. */
export type FloatBlock = Uint8Array | string;

const isLittleEndian = new Uint8Array(new Uint16Array([1]).buffer)[0] === 1;

/** The numbers of a block: a view of the bytes that came where they are aligned, else a copy. */
export function toFloat32Array(block: FloatBlock): Float32Array {
  const bytes = typeof block === "string" ? fromBase64(block) : block;
  if (bytes.byteLength % 4 !== 0) {
    throw new RangeError(`A block of 32-bit floats has a multiple of 4 bytes; this one has ${String(bytes.byteLength)}`);
  }
  if (isLittleEndian) {
    const isAligned = bytes.byteOffset % 4 === 0;
    const whole = isAligned ? bytes : bytes.slice();
    return new Float32Array(whole.buffer as ArrayBuffer, whole.byteOffset, whole.byteLength / 4);
  }
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return Float32Array.from({ length: bytes.byteLength / 4 }, (_, index) => view.getFloat32(index * 4, true));
}

function fromBase64(text: string): Uint8Array {
  const binary = atob(text);
  const bytes = new Uint8Array(binary.length);
  for (let index = 0; index < binary.length; index++) {
    bytes[index] = binary.charCodeAt(index);
  }
  return bytes;
}
