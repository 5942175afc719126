import { systemHub, SystemHubProxy } from "../generated/hubs.js";
import type { Settings } from "../options.js";
import type { SequenceOptions } from "../sequences/frame-sequence.js";
import type { SubscriptionSequence } from "../sequences/subscription-sequence.js";
import type { Subscription } from "../subscriptions/subscription.js";
import type { SubscriptionPlan } from "../subscriptions/subscription-plan.js";
import type { SubscribeSystemRequest } from "../wire.js";
import { HubClient, type SubscriptionHandler } from "./hub-client.js";

/** The status of the server and of registered services, `/hubs/system`. */
export class SystemClient extends HubClient {
  /** @internal */
  constructor(settings: Settings) {
    super(settings, { name: "system", ...systemHub });
  }

  /** Subscribes: the newest status at once, then one every few seconds. */
  subscribe<P = unknown>(request: SubscribeSystemRequest, handler: SubscriptionHandler<P>, options?: SequenceOptions): Promise<Subscription<P>> {
    return this.subscribeBy(planOf(request), handler, options);
  }

  /** Subscribes while the sequence is read. */
  tail<P = unknown>(request: SubscribeSystemRequest = {}, options?: SequenceOptions): SubscriptionSequence<P> {
    return this.sequenceBy(planOf(request), options);
  }
}

function planOf(request: SubscribeSystemRequest): SubscriptionPlan<SubscribeSystemRequest> {
  return {
    request: { ...request, id: request.id ?? "system" },
    subscribe: (session, asked) => new SystemHubProxy(session).subscribe(asked),
    isLatest: true,
  };
}
