import type { IHubProtocol } from "@microsoft/signalr";
import { MessagePackHubProtocol } from "@microsoft/signalr-protocol-msgpack";

/** The binary encoding, for the option `protocol`. Needs the package `@microsoft/signalr-protocol-msgpack`. */
export function messagePack(): IHubProtocol {
  return new MessagePackHubProtocol();
}
