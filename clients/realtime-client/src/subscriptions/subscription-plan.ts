import type { HubSession } from "../connections/hub-session.js";
import type { SubscribeRequest, SubscribeResult } from "../wire.js";

/** How one kind of subscription is made. */
export interface SubscriptionPlan<R extends SubscribeRequest> extends AnyPlan {
  readonly request: R & { readonly id: string };
  readonly subscribe: (session: HubSession, request: R) => Promise<SubscribeResult>;
}

/** A plan whose request only its own method knows. */
export interface AnyPlan {
  readonly request: SubscribeRequest & { readonly id: string };
  readonly subscribe: (session: HubSession, request: never) => Promise<SubscribeResult>;
  /** Whether a channel's newest frame is its whole state, so that what a new history holds already is not asked for. */
  readonly isLatest?: boolean;
}
