import { connect, type ClientWith } from "@realtimehub/client";
import { ClimateClient } from "@realtimehub/client/climate";
import { SimulationClient } from "@realtimehub/client/simulation";
import { WorkspaceClient } from "@realtimehub/client/workspace";

const hubs = { climate: ClimateClient, simulation: SimulationClient, workspace: WorkspaceClient };

/** A client of every hub. */
export type DashboardClient = ClientWith<typeof hubs>;

/** A client of the server that the page comes from; without a key the session's. */
export function open(key?: string): DashboardClient {
  return connect({ hubs, ...(key !== undefined && { credential: key }) });
}
