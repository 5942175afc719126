import type { DashboardClient } from "../../session/dashboard-client.js";
import { ownTeam } from "../../session/session.js";
import { LiveStore } from "../../ui/live-store.js";

/** One channel that can be opened. */
export interface ListedChannel {
  readonly name: string;
  /** How many frames it has had; undefined where nothing has happened yet. */
  readonly frames: number | undefined;
  readonly readers: number;
}

const everyMs = 3_000;

/** The channels of the reader's teams: those that live, those of specs and agents that are registered, and the own team's. Kept current. */
export class ChannelList {
  readonly store = new LiveStore(this);
  channels: readonly ListedChannel[] = [];
  /** The channel that is shown until somebody chooses one. */
  first: string | undefined;
  isListed = false;
  problem: string | undefined;
  #known: readonly string[] = [];
  readonly #client: DashboardClient;
  readonly #timer: ReturnType<typeof setInterval>;

  constructor(client: DashboardClient) {
    this.#client = client;
    this.#timer = setInterval(() => {
      if (document.visibilityState === "visible") {
        void this.#refresh();
      }
    }, everyMs);
    void this.#begin();
  }

  close(): void {
    clearInterval(this.#timer);
  }

  async #begin(): Promise<void> {
    // Where another service knows the owners, or nobody is signed in with a session, the living channels are the list.
    const [team, resources] = await Promise.all([ownTeam().catch(() => undefined), this.#client.workspace.resources().catch(() => [])]);
    this.#known = [...(team === undefined ? [] : [`team:${team}`]), ...resources.map(({ kind, id }) => `${kind}:${id}`)];
    await this.#refresh();
  }

  async #refresh(): Promise<void> {
    try {
      const living = (await this.#client.channels.list()).filter((channel) => channel.hub === "workspace" || /^(spec|agent|team):/.test(channel.channel));
      const named = new Map(living.map((channel) => [channel.channel, channel]));
      this.channels = [...new Set([...this.#known, ...named.keys()])].map((name) => ({ name, frames: named.get(name)?.sequence, readers: named.get(name)?.subscriptions ?? 0 }));
      this.first ??= this.channels[0]?.name;
      this.problem = undefined;
    } catch (error) {
      this.problem = `The channels cannot be listed: ${error instanceof Error ? error.message : String(error)}`;
    }
    this.isListed = true;
    this.store.changed();
  }
}
