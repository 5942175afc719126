import { connect, type ClientWith } from "@realtimehub/client";
import { ClimateClient } from "@realtimehub/client/climate";
import { SimulationClient } from "@realtimehub/client/simulation";
import { WorkspaceClient } from "@realtimehub/client/workspace";

const hubs = { climate: ClimateClient, simulation: SimulationClient, workspace: WorkspaceClient };

/** A client of every hub. */
export type DashboardClient = ClientWith<typeof hubs>;

/**
 * A client of the server that the page comes from; without a key the session's. A key stays in this page's memory and travels in headers
 * only: each connection opens with a ticket of its own, so it comes back even from a server that has forgotten every session.
 */
export function open(key?: string): DashboardClient {
  return connect({ hubs, ...(key !== undefined && { credential: ({ hub }) => (hub === undefined ? key : ticket(key, hub)) }) });
}

async function ticket(key: string, hub: string): Promise<string> {
  const response = await fetch("/auth/tickets", {
    method: "POST",
    headers: { Authorization: `Bearer ${key}`, "Content-Type": "application/json" },
    body: JSON.stringify({ hub }),
  });
  if (!response.ok) {
    throw new Error(`The server gives no ticket for ${hub}: status ${response.status}.`);
  }
  return ((await response.json()) as { readonly ticket: string }).ticket;
}
