import { asError, ConnectionError, problemOf, RefusedError } from "./errors.js";
import { urlOf, type Settings } from "./options.js";

/** One request without its address. */
export interface HttpRequest {
  readonly method?: string;
  readonly body?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** Asks the HTTP API. Throws a RefusedError when the server refuses, a ConnectionError when it cannot be reached. */
export async function sendHttp<T>(settings: Settings, path: string, request: HttpRequest = {}): Promise<T> {
  const credential = await settings.credential?.({ hub: undefined });
  const headers = { ...request.headers, ...(credential !== undefined && { Authorization: `Bearer ${credential}` }) };
  let response: Response;
  try {
    response = await settings.fetch(urlOf(settings, path), { ...request, headers, credentials: "include" });
  } catch (error) {
    throw new ConnectionError("unreachable", `${path} cannot be reached`, { cause: asError(error) });
  }
  const body = (await response.json().catch(() => undefined)) as unknown;
  if (!response.ok || body === undefined) {
    throw refusal(path, response, body);
  }
  return body as T;
}

function refusal(path: string, response: Response, body: unknown): Error {
  const problem = problemOf(body);
  return problem === undefined
    ? new ConnectionError("refused", `${path} answered with status ${String(response.status)}`, { status: response.status })
    : new RefusedError(problem);
}
