import type { RealtimeClient } from "@realtimehub/client";
import { createContext, useContext } from "react";

/** The client of the one who has signed in. */
export const ClientContext = createContext<RealtimeClient | undefined>(undefined);

export function useClient(): RealtimeClient {
  const client = useContext(ClientContext);
  if (client === undefined) {
    throw new Error("There is no client above this component");
  }
  return client;
}
