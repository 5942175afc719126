import { ConnectionError, RefusedError, type PrincipalSummary } from "@realtimehub/client";
import { open, type DashboardClient } from "./dashboard-client.js";

/** What the server says of itself to a page that is not signed in. */
export interface ServerFacts {
  /** Whether it runs for development, where `dev-key` may do everything. */
  readonly development: boolean;
  /** Whether a key can be exchanged for a session cookie. */
  readonly sessions: boolean;
}

const remembered = "realtimehub.session";

/** Asks the server what it says of itself. */
export async function serverFacts(): Promise<ServerFacts> {
  try {
    const response = await fetch("/dashboard.json");
    return response.ok ? ((await response.json()) as ServerFacts) : unknownFacts;
  } catch {
    return unknownFacts;
  }
}

const unknownFacts: ServerFacts = { development: false, sessions: false };

/** Signing in did not work; the message says what to do. */
export class SignInError extends Error {
  override readonly name = "SignInError";
}

/**
 * Signs in with a key: exchanges it for a session cookie, which a later visit goes on with. Until then the key stays in this
 * page's memory, and is gone with it.
 */
export async function signIn(key: string): Promise<DashboardClient> {
  if (!(await serverFacts()).sessions) {
    return checked(open(key));
  }
  const response = await fetch("/auth/session", { method: "POST", headers: { Authorization: `Bearer ${key}` } }).catch(() => undefined);
  if (response === undefined) {
    throw new SignInError("The server cannot be reached. Check that it runs, then try again.");
  }
  if (!response.ok) {
    throw new SignInError(explain(response.status));
  }
  localStorage.setItem(remembered, "yes");
  return checked(open(key));
}

/** Goes on with the session of an earlier visit, if there is one. */
export async function resumeSession(): Promise<DashboardClient | undefined> {
  if (localStorage.getItem(remembered) === null) {
    return undefined;
  }
  const response = await fetch("/auth/me").catch(() => undefined);
  if (response?.ok === false) {
    localStorage.removeItem(remembered);
  }
  return response?.ok === true ? checked(open()) : undefined;
}

/** The team of the one who has signed in; undefined where there is none, or no session that says so. */
export async function ownTeam(): Promise<string | undefined> {
  if (localStorage.getItem(remembered) === null) {
    return undefined;
  }
  const response = await fetch("/auth/me");
  return response.ok ? ((await response.json()) as PrincipalSummary).team : undefined;
}

/** Ends the session, on the server too. */
export async function signOut(client: DashboardClient): Promise<void> {
  // Forgotten first: the sign-in page that is shown meanwhile must not go on with it.
  const hadSession = localStorage.getItem(remembered) !== null;
  localStorage.removeItem(remembered);
  await client.close();
  if (hadSession) {
    await fetch("/auth/session", { method: "DELETE" }).catch(() => undefined);
  }
}

async function checked(client: DashboardClient): Promise<DashboardClient> {
  try {
    await client.channels.list();
    return client;
  } catch (error) {
    await client.close();
    throw new SignInError(reason(error));
  }
}

const unknownKey: readonly string[] = ["AUTH_REQUIRED", "INVALID_API_KEY", "INVALID_TOKEN", "UNAUTHORIZED"];

function reason(error: unknown): string {
  if (error instanceof RefusedError) {
    return unknownKey.includes(error.code) ? explain(401) : error.message;
  }
  return error instanceof ConnectionError && error.status !== undefined ? explain(error.status) : "The server cannot be reached. Check that it runs, then try again.";
}

function explain(status: number): string {
  switch (status) {
    case 401:
      return "The server does not know this key. Check it for missing characters, or ask whoever runs the server for one.";
    case 403:
      return "This key may not read anything here. Ask for one with a reading scope, such as events:read.";
    case 429:
      return "Too many attempts. Wait a minute, then try again.";
    default:
      return `The server answered with status ${status}. Its log says why.`;
  }
}
