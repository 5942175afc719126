import type { HubLink } from "../connections/hub-link.js";
import type { HubSession } from "../connections/hub-session.js";
import { accepted, asError, ConnectionError } from "../errors.js";
import { ClimateHubProxy } from "../generated/hubs.js";
import { Subscription } from "../subscriptions/subscription.js";
import type { ClimatePayload, SubscribeResult, TrackTilesRequest, TrackTilesResult } from "../wire.js";

/** Which variable or driver a viewport shows, and how. */
export type TilesRequest = Omit<TrackTilesRequest, "tiles" | "known" | "from" | "last" | "since"> & { readonly variable: string };

/** @internal */
export interface ViewportParts {
  readonly link: HubLink;
  readonly request: TilesRequest & { readonly id: string };
  readonly attach: (subscription: Subscription<ClimatePayload>) => void;
  readonly start: (subscription: Subscription) => Promise<void>;
}

/**
 * The tiles `z/x/y` that a map has in view, each a subscription of its own. One call says which they are; those that it
 * names no more end. After a reconnect they are asked for together, and a tile that shows the same does not come again.
 */
export class TileViewport {
  readonly #parts: ViewportParts;
  readonly #tiles = new Map<string, Subscription<ClimatePayload>>();
  readonly #known = new Map<string, string>();
  #asked: { readonly session: HubSession; readonly answer: Promise<TrackTilesResult> } | undefined;

  /** @internal */
  constructor(parts: ViewportParts) {
    this.#parts = parts;
  }

  /** The tiles in view that the server has granted or is being asked for. */
  get tiles(): readonly string[] {
    return [...this.#tiles.keys()];
  }

  /** The subscription of a tile in view. */
  subscription(tile: string): Subscription<ClimatePayload> | undefined {
    return this.#tiles.get(tile);
  }

  /** Shows these tiles and no others; resolves when each has started or was refused. What it answers are the refusals. */
  async show(tiles: readonly string[]): Promise<ReadonlyMap<string, Error>> {
    const { link, start } = this.#parts;
    const wanted = new Set(tiles);
    for (const [tile, subscription] of this.#tiles) {
      if (!wanted.has(tile)) {
        this.#forget(tile);
        link.subscriptions.remove(subscription);
        // The server ends it when it hears of those that are left.
        subscription.end(undefined, new ConnectionError("closed", `The tile ${tile} is not in view any more`));
      }
    }
    this.#asked = undefined;
    const added = [...wanted].filter((tile) => !this.#tiles.has(tile)).map((tile) => [tile, this.#add(tile)] as const);
    const refused = new Map<string, Error>();
    const starts = added.map(([tile, subscription]) =>
      start(subscription).catch((error: unknown) => {
        if (this.#tiles.get(tile) === subscription) {
          this.#forget(tile);
          refused.set(tile, asError(error));
        }
      }),
    );
    if (added.length === 0 && link.session !== undefined) {
      accepted(await this.#track(link.session));
    }
    await Promise.all(starts);
    return refused;
  }

  /** Lets every tile go. */
  async close(): Promise<void> {
    await this.show([]);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.close();
  }

  #add(tile: string): Subscription<ClimatePayload> {
    const { link, request, attach } = this.#parts;
    const id = `${request.id}/${tile}`;
    const subscribe = (session: HubSession): Promise<SubscribeResult> => this.#ask(session, tile);
    const subscription = new Subscription<ClimatePayload>(link, { request: { id }, subscribe, isLatest: true });
    this.#tiles.set(tile, subscription);
    subscription.on("frame", ({ checksums }) => {
      if (checksums !== undefined) {
        this.#known.set(tile, checksums.multihash);
      }
    });
    attach(subscription);
    return subscription;
  }

  #forget(tile: string): void {
    this.#tiles.delete(tile);
    this.#known.delete(tile);
  }

  // The start itself is pushed.
  async #ask(session: HubSession, tile: string): Promise<SubscribeResult> {
    const { error, refused } = await this.#track(session);
    const refusal = error ?? refused?.[tile];
    if (refusal !== undefined) {
      this.#asked = undefined;
    }
    return refusal === undefined ? {} : { error: refusal };
  }

  // The first tile that joins a session asks for all of them.
  #track(session: HubSession): Promise<TrackTilesResult> {
    if (this.#asked?.session !== session) {
      const request = { ...this.#parts.request, tiles: this.tiles, known: Object.fromEntries(this.#known) };
      this.#asked = { session, answer: new ClimateHubProxy(session).trackTiles(request) };
    }
    return this.#asked.answer;
  }
}
