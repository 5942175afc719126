import { accepted, ConnectionError } from "../errors.js";
import type { Settings } from "../options.js";
import type { ProtocolError } from "../wire.js";
import { hubOf, type HubRoute, type HubSession } from "./hub-session.js";

const lastMomentMs = 5 * 60_000;

/** Replaces the credential of an open connection before it expires, where its provider gives a newer one. */
export class CredentialRefresh {
  readonly #settings: Settings;
  readonly #route: HubRoute;
  readonly #report: (error: unknown) => void;
  #cancel: () => void = () => undefined;

  constructor(settings: Settings, route: HubRoute, report: (error: unknown) => void) {
    this.#settings = settings;
    this.#route = route;
    this.#report = report;
  }

  /** A session has opened: its credential is renewed in time. */
  async watch(session: HubSession): Promise<void> {
    this.#schedule(session, await session.credential);
  }

  /** Asks the provider and gives the server what it says; the server's refusal leaves the old one in force. */
  async renew(session: HubSession): Promise<void> {
    const { credential } = this.#settings;
    if (credential === undefined) {
      return;
    }
    try {
      const token = await credential({ hub: hubOf(this.#route) });
      accepted(await session.invoke<{ readonly error?: ProtocolError }>("RefreshCredential", { access_token: token }));
      this.#schedule(session, token);
    } catch (error) {
      if (!(error instanceof ConnectionError)) {
        this.#report(error);
      }
    }
  }

  stop(): void {
    this.#cancel();
  }

  #schedule(session: HubSession, token: string | undefined): void {
    this.#cancel();
    const lifetimeMs = token === undefined || !this.#settings.isRenewable ? undefined : lifetimeOf(token);
    if (lifetimeMs !== undefined && !session.isClosed) {
      this.#cancel = this.#settings.clock.after(Math.max(lifetimeMs / 2, lifetimeMs - lastMomentMs), () => {
        void this.renew(session);
      });
    }
  }
}

// A provider gives what was just issued, so what a token says of itself is enough, without anybody's wall clock.
function lifetimeOf(token: string): number | undefined {
  try {
    const text = atob((token.split(".")[1] ?? "").replace(/-/g, "+").replace(/_/g, "/"));
    const { iat, exp } = JSON.parse(text) as { readonly iat?: unknown; readonly exp?: unknown };
    return typeof iat === "number" && typeof exp === "number" && exp > iat ? (exp - iat) * 1_000 : undefined;
  } catch {
    return undefined; // Not a token that says when it ends: the server tells it.
  }
}
