import { createContext, useContext } from "react";
import type { DashboardClient } from "../session/dashboard-client.js";

/** The client of the one who has signed in. */
export const ClientContext = createContext<DashboardClient | undefined>(undefined);

export function useClient(): DashboardClient {
  const client = useContext(ClientContext);
  if (client === undefined) {
    throw new Error("There is no client above this component");
  }
  return client;
}
