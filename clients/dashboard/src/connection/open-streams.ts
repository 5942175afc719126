import type { Coverage, FrameSequence } from "@realtimehub/client";

/** A stream that a panel reads. */
export interface OpenStream {
  readonly hub: string;
  readonly label: string;
  readonly coverage: Coverage;
}

const streams = new Set<OpenStream>();

/** The streams that are read now, of one hub. */
export function openStreams(hub: string): readonly OpenStream[] {
  return [...streams].filter((stream) => stream.hub === hub);
}

/** Shows a stream in the inspector until its reader has gone. */
export function shown<P>(hub: string, label: string, sequence: FrameSequence<P>, reading: AbortSignal): FrameSequence<P> {
  const stream = { hub, label, coverage: sequence.coverage() };
  streams.add(stream);
  reading.addEventListener("abort", () => {
    streams.delete(stream);
  });
  return sequence;
}
