import { eventsHub, EventsHubProxy } from "../generated/hubs.js";
import type { Settings } from "../options.js";
import type { SequenceOptions } from "../sequences/frame-sequence.js";
import type { SubscriptionSequence } from "../sequences/subscription-sequence.js";
import type { Subscription } from "../subscriptions/subscription.js";
import type { SubscriptionPlan } from "../subscriptions/subscription-plan.js";
import { accepted } from "../errors.js";
import type { PublishBatchResult, PublishEvent, PublishRequest, PublishResult, SubscribeEventsRequest, UnsubscribeResult } from "../wire.js";
import { HubClient, type SubscriptionHandler } from "./hub-client.js";
import { publishStream } from "./upload.js";

/** What to subscribe to. */
export interface EventsRequest extends Omit<SubscribeEventsRequest, "events"> {
  /** Patterns of event types: `*` any text, `?` one character, `[ab]` one of a set; any case. Default: everything. */
  readonly patterns?: readonly string[];
}

/** Security events, alerts, detections and camera states, `/hubs/events`. */
export class EventsClient extends HubClient {
  /** @internal */
  constructor(settings: Settings) {
    super(settings, { name: "events", path: `${eventsHub.path}?receive_all=false`, pushes: eventsHub.pushes });
  }

  /** Subscribes; resolves once the subscription has started. */
  subscribe<P = unknown>(request: EventsRequest, handler: SubscriptionHandler<P>, options?: SequenceOptions): Promise<Subscription<P>> {
    return this.subscribeBy(planOf(request), handler, options);
  }

  /** Subscribes while the sequence is read. */
  tail<P = unknown>(request: EventsRequest = {}, options?: SequenceOptions): SubscriptionSequence<P> {
    return this.sequenceBy(planOf(request), options);
  }

  /** Adds patterns to a subscription; they stay in force over reconnects. */
  async addPatterns(subscription: Subscription, patterns: readonly string[]): Promise<void> {
    const request: SubscribeEventsRequest = { id: subscription.id, events: patterns };
    const { subscription: granted } = accepted(await new EventsHubProxy(await subscription.connected()).subscribe(request));
    subscription.revise<SubscribeEventsRequest>((r) => ({ ...r, events: granted?.events ?? [...new Set([...patternsOf(r), ...patterns])] }));
  }

  /** Removes patterns from a subscription. Removing the last one leaves a subscription that receives nothing. */
  async removePatterns(subscription: Subscription, patterns: readonly string[]): Promise<UnsubscribeResult> {
    const result = accepted(await new EventsHubProxy(await subscription.connected()).unsubscribeEvents({ events: patterns }));
    const removed = result.events ?? patterns;
    subscription.revise<SubscribeEventsRequest>((r) => ({ ...r, events: patternsOf(r).filter((p) => !removed.includes(p)) }));
    return result;
  }

  /** Publishes one event. A refusal is in the result; when the connection breaks repeat it with the same idempotency key. */
  async publish(request: PublishRequest): Promise<PublishResult> {
    return new EventsHubProxy(await this.link.connected()).publish(request);
  }

  /** Publishes events as they come, until the source ends or the server refuses one. */
  publishStream(channel: string, events: Iterable<PublishEvent> | AsyncIterable<PublishEvent>): Promise<PublishBatchResult> {
    return publishStream(this.link, (session, items) => new EventsHubProxy(session).publishStream({ channel }, items), events);
  }
}

function planOf({ patterns, ...rest }: EventsRequest): SubscriptionPlan<SubscribeEventsRequest> {
  return {
    request: { ...rest, id: rest.id ?? "events", events: patterns ?? ["*"] },
    subscribe: (session, request) => new EventsHubProxy(session).subscribe(request),
  };
}

function patternsOf(request: SubscribeEventsRequest): readonly string[] {
  return request.events ?? [];
}
