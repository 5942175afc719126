import type { FrameEnvelope as AnyFrame, StreamItem as AnyItem } from "./generated/types.js";
import type { SubscribeEventsRequest, SubscribeJobsRequest } from "./generated/types.js";

/** The messages of the wire, generated from the server's contract. Members are spelled as they travel. */
export type * from "./generated/types.js";
export type * from "./generated/constants.js";

/** An envelope with its position: what every push carries, the same for every subscriber. */
export type FrameEnvelope<P = unknown> = Omit<AnyFrame, "payload"> & {
  /** The content. */
  readonly payload: P;
};

/** One item of a streamed channel: `subscribed` first, then frames and notices, and last `error` or `end`. */
export type StreamItem<P = unknown> =
  | Exclude<AnyItem, { readonly kind: "frame" }>
  | { readonly kind: "frame"; readonly frame: FrameEnvelope<P> };

/** What every subscription can ask for. */
export type SubscribeRequest = Pick<SubscribeEventsRequest, Extract<keyof SubscribeEventsRequest, keyof SubscribeJobsRequest>>;
