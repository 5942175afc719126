import type { Control } from "../wire.js";

/** Where the connection to one hub stands. `idle`: not asked for yet, or closed because nothing was asked for; the next call opens it. */
export type ConnectionState =
  | { readonly kind: "idle" }
  | { readonly kind: "connecting"; readonly attempt: number }
  | { readonly kind: "connected" }
  | {
      readonly kind: "reconnecting";
      /** Which attempt comes next, from 1. */
      readonly attempt: number;
      /** How long until that attempt. */
      readonly delayMs: number;
      readonly error?: Error;
      readonly control?: Control;
    }
  | { readonly kind: "disconnected"; readonly error?: Error; readonly control?: Control };

type Kind = ConnectionState["kind"];

const following: Readonly<Record<Kind, readonly Kind[]>> = {
  idle: ["connecting", "disconnected"],
  connecting: ["connected", "reconnecting", "disconnected"],
  connected: ["reconnecting", "idle", "disconnected"],
  reconnecting: ["connecting", "disconnected"],
  disconnected: ["connecting"],
};

/** Whether a connection may go from one state to the other. */
export function mayFollow(from: Kind, to: Kind): boolean {
  return following[from].includes(to);
}
