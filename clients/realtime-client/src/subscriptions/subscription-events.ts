import type {
  Degraded, FrameEnvelope, Gap, PresenceDiff, PresenceState, ProtocolError, Restored, Skipped, Subscribed, SubscriptionPosition,
} from "../wire.js";

/** What a subscription tells, in the order in which the server sent it. */
export interface SubscriptionEvents<P = unknown> {
  /** It starts, or starts again at another position; stands ahead of the first frame after it. */
  readonly subscribed: Subscribed;
  /** A frame, once. */
  readonly frame: FrameEnvelope<P>;
  /** Frames are lost, announced in their place. */
  readonly gap: Gap;
  /** Frames were withheld on purpose. */
  readonly skipped: Skipped;
  /** It lags beyond its limit: from here its slow-consumer policy acts. */
  readonly degraded: Degraded;
  /** It has caught up again. */
  readonly restored: Restored;
  /** Everyone in the channel of a workspace, once after each start. */
  readonly presence: PresenceState;
  /** Somebody came into the channel of a workspace or left it. */
  readonly presenceChanged: PresenceDiff;
  /** The server has said where it stands. */
  readonly position: SubscriptionPosition;
  /** It has ended: with nothing when it was unsubscribed or its channel completed, else with the reason. */
  readonly closed: ProtocolError | undefined;
}
