import type { ProtocolError, StreamPosition } from "../wire.js";

/** Where a subscription stands. */
export type SubscriptionState =
  /** Asked for; the server has not said yet that it starts. */
  | { readonly kind: "starting" }
  /** In force. */
  | { readonly kind: "live"; readonly position: StreamPosition }
  /** The connection is away, or the server is asked again: it goes on from here. */
  | { readonly kind: "recovering"; readonly from: StreamPosition }
  /** Paused by the client: it goes on from here when it is resumed. */
  | { readonly kind: "paused"; readonly from: StreamPosition | undefined }
  /** Ended: unsubscribed, completed, or refused with an error. */
  | { readonly kind: "closed"; readonly error?: ProtocolError };
