import type { FrameEnvelope, PresenceMember, Subscription } from "@realtimehub/client";
import type { DashboardClient } from "../../session/dashboard-client.js";
import { LiveStore } from "../../ui/live-store.js";
import { Ring } from "../../ui/ring.js";

const lastFrames = 50;

/** One channel of a workspace: who is there, and what happens. */
export class WorkspaceView {
  readonly store = new LiveStore(this);
  readonly frames = new Ring<FrameEnvelope>(500);
  members = new Map<string, PresenceMember>();
  count = 0;
  problem: string | undefined;
  #subscription: Subscription | undefined;
  readonly #closing = new AbortController();

  constructor(client: DashboardClient, channel: string) {
    void this.#run(client, channel);
  }

  close(): void {
    this.#closing.abort();
    void this.#subscription?.unsubscribe();
  }

  async #run(client: DashboardClient, channel: string): Promise<void> {
    try {
      this.#subscription = await client.workspace.subscribe(
        { channel, last: lastFrames, metadata: { client: "dashboard" } },
        {
          frame: (frame) => {
            this.frames.push(frame);
            this.store.changed();
          },
          presence: ({ count, members }) => {
            this.count = count;
            this.members = new Map(members?.map((member) => [member.user_id, member]));
            this.store.changed();
          },
          presenceChanged: ({ count, joins, leaves }) => {
            this.count = count;
            joins?.forEach((member) => this.members.set(member.user_id, member));
            leaves?.forEach((user) => this.members.delete(user));
            this.store.changed();
          },
          closed: (error) => {
            this.problem = error?.message;
            this.store.changed();
          },
        },
        { signal: this.#closing.signal },
      );
    } catch (error) {
      if (!this.#closing.signal.aborted) {
        this.problem = `The channel cannot be read: ${error instanceof Error ? error.message : String(error)}`;
        this.store.changed();
      }
    }
  }
}
