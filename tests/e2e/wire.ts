import type { Page } from "@playwright/test";
import { checkAnswer, checkPush } from "../../clients/realtime-client/tests/wire-schema.js";

interface HubMessage {
  readonly type?: number;
  readonly invocationId?: string;
  readonly target?: string;
  readonly arguments?: readonly unknown[];
  readonly item?: unknown;
  readonly result?: unknown;
}

const separator = "\u001e";

/** Holds every message in JSON that the page's connections receive against its schema; `schemaErrors` has what is wrong. */
export function checkSockets(page: Page): void {
  page.on("websocket", (socket) => {
    const path = new URL(socket.url()).pathname;
    const methods = new Map<string, string>();
    socket.on("framesent", ({ payload }) => {
      for (const { invocationId, target } of messagesOf(payload)) {
        if (invocationId !== undefined && target !== undefined) {
          methods.set(invocationId, target);
        }
      }
    });
    socket.on("framereceived", ({ payload }) => {
      for (const message of messagesOf(payload)) {
        const method = methods.get(message.invocationId ?? "") ?? "";
        if (message.type === 1) {
          checkPush(path, message.target ?? "", message.arguments?.[0]);
        } else if (message.type === 2) {
          checkAnswer(path, method, message.item);
        } else if (message.type === 3 && message.result !== undefined) {
          checkAnswer(path, method, message.result);
        }
      }
    });
  });
}

function messagesOf(payload: string | Buffer): HubMessage[] {
  return typeof payload === "string" ? payload.split(separator).filter((text) => text !== "").map((text) => JSON.parse(text) as HubMessage) : [];
}
