import { accepted } from "../errors.js";
import { workspaceHub, WorkspaceHubProxy } from "../generated/hubs.js";
import { sendHttp } from "../http.js";
import type { Settings } from "../options.js";
import type { SequenceOptions } from "../sequences/frame-sequence.js";
import type { SubscriptionSequence } from "../sequences/subscription-sequence.js";
import type { Subscription } from "../subscriptions/subscription.js";
import type { SubscriptionPlan } from "../subscriptions/subscription-plan.js";
import type { PresenceResult, PresenceState, PublishBatchResult, PublishEvent, PublishRequest, PublishResult, ResourceOwner, SubscribeWorkspaceRequest } from "../wire.js";
import { HubClient, type SubscriptionHandler } from "./hub-client.js";
import { publishStream } from "./upload.js";

/** Which spec, agent or team, and whether to be seen there. */
export type WorkspaceRequest = SubscribeWorkspaceRequest & { readonly channel: string };

/** Specs, agents and teams, and who is there, `/hubs/workspace`. */
export class WorkspaceClient extends HubClient {
  readonly #settings: Settings;

  /** @internal */
  constructor(settings: Settings) {
    super(settings, { name: "workspace", ...workspaceHub });
    this.#settings = settings;
  }

  /** Subscribes to `spec:{id}`, `agent:{id}` or `team:{id}`. Who is there comes as `presence` and `presenceChanged`. */
  subscribe<P = unknown>(request: WorkspaceRequest, handler: SubscriptionHandler<P>, options?: SequenceOptions): Promise<Subscription<P>> {
    return this.subscribeBy(planOf(request), handler, options);
  }

  /** Subscribes while the sequence is read. */
  tail<P = unknown>(request: WorkspaceRequest, options?: SequenceOptions): SubscriptionSequence<P> {
    return this.sequenceBy(planOf(request), options);
  }

  /** Who is in a channel. */
  async presence(channel: string): Promise<PresenceState> {
    // One of the two is there: who is present, or the error that has been thrown.
    return (accepted(await new WorkspaceHubProxy(await this.link.connected()).presence({ channel })) as Required<PresenceResult>).presence;
  }

  /** The specs and agents of the caller's team; with `workspace:admin` those of all teams. */
  resources(): Promise<readonly ResourceOwner[]> {
    return sendHttp(this.#settings, "/api/v1/workspace/resources");
  }

  /** Publishes one event. A refusal is in the result; when the connection breaks repeat it with the same event id. */
  async publish(request: PublishRequest): Promise<PublishResult> {
    return new WorkspaceHubProxy(await this.link.connected()).publish(request);
  }

  /** Publishes events as they come, until the source ends or the server refuses one. */
  publishStream(channel: string, events: Iterable<PublishEvent> | AsyncIterable<PublishEvent>): Promise<PublishBatchResult> {
    return publishStream(this.link, (session, items) => new WorkspaceHubProxy(session).publishStream({ channel }, items), events);
  }
}

function planOf(request: WorkspaceRequest): SubscriptionPlan<SubscribeWorkspaceRequest> {
  return {
    request: { ...request, id: request.id ?? request.channel.trim() },
    subscribe: (session, asked) => new WorkspaceHubProxy(session).subscribe(asked),
  };
}
