import type { IStreamResult } from "@microsoft/signalr";
import type { HubSession } from "../connections/hub-session.js";
import { accepted } from "../errors.js";
import { climateHub, ClimateHubProxy } from "../generated/hubs.js";
import { sendHttp } from "../http.js";
import type { Settings } from "../options.js";
import { ChannelStream } from "../sequences/channel-stream.js";
import type { FrameSequence, SequenceOptions } from "../sequences/frame-sequence.js";
import type { Subscription } from "../subscriptions/subscription.js";
import type {
  CareMap, CareMapRequest, ClimatePayload, FocusModeResult, MaskPointsRequest, MaskPointsResult, StoryNode, StoryRequest, StreamItem, SubscribeDriversRequest, SubscribeFieldsRequest, SubscribeRequest,
  SubscribeResult, SubscribeTilesRequest, SubscribeXaiRequest, TimeMode, VerifyRequest, VerifyResult, XaiPayload,
} from "../wire.js";
import { attach, HubClient, start, type SubscriptionHandler } from "./hub-client.js";
import { TileViewport, type TilesRequest } from "./tile-viewport.js";

type ClimateRequest = SubscribeRequest & { readonly id?: string; readonly time_mode?: TimeMode };

/** Fields, hazard drivers, tiles and explanations, `/hubs/climate`. Their numbers are in `frame.blocks`; `toFloat32Array` reads them. */
export class ClimateClient extends HubClient {
  readonly #settings: Settings;
  #count = 0;

  /** @internal */
  constructor(settings: Settings) {
    super(settings, { name: "climate", ...climateHub });
    this.#settings = settings;
  }

  /** Subscribes to fields of variables. */
  subscribe(request: SubscribeFieldsRequest, handler: SubscriptionHandler<ClimatePayload>, options?: SequenceOptions): Promise<Subscription<ClimatePayload>> {
    return this.#subscribe(request, (hub, asked) => hub.subscribe(asked), handler, options);
  }

  /** Subscribes to hazard drivers. */
  subscribeDrivers(request: SubscribeDriversRequest, handler: SubscriptionHandler<ClimatePayload>, options?: SequenceOptions): Promise<Subscription<ClimatePayload>> {
    return this.#subscribe(request, (hub, asked) => hub.subscribeDrivers(asked), handler, options);
  }

  /** Subscribes to explanations, or asks for one: with `time` it ends after its one frame. */
  subscribeXai(request: SubscribeXaiRequest, handler: SubscriptionHandler<XaiPayload>, options?: SequenceOptions): Promise<Subscription<XaiPayload>> {
    return this.#subscribe(request, (hub, asked) => hub.subscribeXai(asked), handler, options);
  }

  /** Subscribes to one map tile. */
  subscribeTiles(request: SubscribeTilesRequest, handler: SubscriptionHandler<ClimatePayload>, options?: SequenceOptions): Promise<Subscription<ClimatePayload>> {
    return this.#subscribe(request, (hub, asked) => hub.subscribeTiles(asked), handler, options);
  }

  /** The tiles of a map's viewport, to be shown with one call each time that it moves. */
  trackTiles(request: TilesRequest, handler: SubscriptionHandler<ClimatePayload>): TileViewport {
    return new TileViewport({
      link: this.link,
      request: this.#identified(request),
      attach: (subscription) => {
        attach(subscription, handler);
      },
      start: (subscription) => start(this.link, subscription, undefined),
    });
  }

  /** Reads fields of variables, each frame once and in order; a replay ends with its last. */
  streamFields(request: SubscribeFieldsRequest, options?: SequenceOptions): FrameSequence<ClimatePayload> {
    return this.#stream(request, (hub, asked) => hub.streamFields(asked), options);
  }

  /** Reads hazard drivers. */
  streamDrivers(request: SubscribeDriversRequest, options?: SequenceOptions): FrameSequence<ClimatePayload> {
    return this.#stream(request, (hub, asked) => hub.streamDrivers(asked), options);
  }

  /** Reads explanations; with `time` there is one. */
  streamXai(request: SubscribeXaiRequest, options?: SequenceOptions): FrameSequence<XaiPayload> {
    return this.#stream(request, (hub, asked) => hub.streamXai(asked), options);
  }

  /** What the newest frames of a box say, for a story. */
  async storyNode(request: StoryRequest): Promise<StoryNode | undefined> {
    return accepted(await new ClimateHubProxy(await this.link.connected()).getStoryNode(request)).story;
  }

  /** What the newest frames of a box say, for a map that is focused there. */
  async focusMode(request: StoryRequest): Promise<FocusModeResult> {
    return accepted(await new ClimateHubProxy(await this.link.connected()).getFocusMode(request));
  }

  /** Has the server compute a frame again, by its activity or its recipe and checksum. */
  verify(request: VerifyRequest): Promise<VerifyResult> {
    return this.#post("/api/v1/climate/verify", request);
  }

  /** Where records of the caller's own (stations, sites) may be shown to everybody. */
  maskPoints(request: MaskPointsRequest): Promise<MaskPointsResult> {
    return this.#post("/api/v1/climate/points", request);
  }

  #post<T>(path: string, request: object): Promise<T> {
    const headers = { "Content-Type": "application/json" };
    return sendHttp(this.#settings, path, { method: "POST", headers, body: JSON.stringify(request) });
  }

  /** What is shown of a box: the H3 cells of which only the mean is, and the points of which nothing is, with the reasons. */
  careMap(request: CareMapRequest): Promise<CareMap> {
    return this.#post("/api/v1/climate/care", request);
  }

  #subscribe<R extends ClimateRequest, P>(
    request: R,
    call: (hub: ClimateHubProxy, asked: R) => Promise<SubscribeResult>,
    handler: SubscriptionHandler<P>,
    options?: SequenceOptions,
  ): Promise<Subscription<P>> {
    const subscribe = (session: HubSession, asked: R): Promise<SubscribeResult> => call(new ClimateHubProxy(session), asked);
    // In a replay every frame counts; else the newest says it all.
    return this.subscribeBy({ request: this.#identified(request), subscribe, isLatest: request.time_mode !== "historical" }, handler, options);
  }

  #stream<R extends ClimateRequest, P>(request: R, call: (hub: ClimateHubProxy, asked: R) => IStreamResult<StreamItem>, options?: SequenceOptions): FrameSequence<P> {
    const open = (session: HubSession, asked: R): IStreamResult<StreamItem> => call(new ClimateHubProxy(session), asked);
    return new ChannelStream<P>(this.link, open, this.#identified(request), options);
  }

  // Many different ones are usual, so each has an id of its own.
  #identified<R extends ClimateRequest>(request: R): R & { readonly id: string } {
    return { ...request, id: request.id ?? `climate-${String(++this.#count)}` };
  }
}
