import { sendHttp } from "./http.js";
import type { Settings } from "./options.js";
import type { ChannelSummary, HistoryPage, PublishBatchResult, PublishEvent, PublishResult } from "./wire.js";

const root = "/api/v1/channels";

/** Which page of a channel's kept frames. */
export interface HistoryRequest {
  /** The first offset of the page. Default: the oldest kept, or the newest when descending. */
  readonly from?: number;
  /** At most this many frames. Default: the server's. */
  readonly limit?: number;
  readonly order?: "asc" | "desc";
}

/** Channels over HTTP: publishing, listing, history. Throws a RefusedError when the server refuses, a ConnectionError when it cannot be reached. */
export class ChannelsClient {
  readonly #settings: Settings;

  /** @internal */
  constructor(settings: Settings) {
    this.#settings = settings;
  }

  /** Publishes one event. A repeat with the same idempotency key within 5 minutes gets the first answer. */
  publish(channel: string, event: PublishEvent, options: { readonly idempotencyKey?: string } = {}): Promise<PublishResult> {
    return this.#post(channel, "application/json", JSON.stringify(event), options.idempotencyKey);
  }

  /** Publishes many events: all of them, or none. */
  publishBatch(channel: string, events: readonly PublishEvent[], options: { readonly idempotencyKey?: string } = {}): Promise<PublishBatchResult> {
    const lines = events.map((event) => `${JSON.stringify(event)}\n`).join("");
    return this.#post(channel, "application/x-ndjson", lines, options.idempotencyKey);
  }

  /** Lists the channels that the caller may read. */
  list(): Promise<readonly ChannelSummary[]> {
    return sendHttp(this.#settings, root);
  }

  /** Reads one page of a channel's kept frames. */
  history(channel: string, request: HistoryRequest = {}): Promise<HistoryPage> {
    const query = new URLSearchParams(Object.entries(request).map(([name, value]) => [name, String(value)]));
    return sendHttp(this.#settings, `${root}/${encodeURIComponent(channel)}/history?${query.toString()}`);
  }

  #post<T>(channel: string, type: string, body: string, idempotencyKey: string | undefined): Promise<T> {
    const headers = { "Content-Type": type, ...(idempotencyKey !== undefined && { "Idempotency-Key": idempotencyKey }) };
    return sendHttp(this.#settings, `${root}/${encodeURIComponent(channel)}/events`, { method: "POST", headers, body });
  }
}
