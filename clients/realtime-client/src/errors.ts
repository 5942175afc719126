import type { Control, FieldError, ProtocolError } from "./wire.js";

/** The server refused a request. Decide by `code`, never by the message. */
export class RefusedError extends Error {
  override readonly name = "RefusedError";
  readonly error: ProtocolError;

  constructor(error: ProtocolError) {
    super(error.message);
    this.error = error;
  }

  get code(): string {
    return this.error.code;
  }
}

/**
 * What happened to a connection: it could not be opened (`unreachable`), the server refused it (`refused`), it broke while
 * a call waited, which may or may not have had its effect (`broken`), the server ended it for good (`ended`), or the
 * client was closed (`closed`).
 */
export type ConnectionErrorKind = "unreachable" | "refused" | "broken" | "ended" | "closed";

/** The server could not be reached, refused the connection, or the connection broke or ended. */
export class ConnectionError extends Error {
  override readonly name = "ConnectionError";
  readonly kind: ConnectionErrorKind;
  /** The status that the server answered with instead of opening the connection, if it answered. */
  readonly status: number | undefined;
  /** Why it refused, if it said so. */
  readonly error: ProtocolError | undefined;
  /** The server's last word, when it ended the connection. */
  readonly control: Control | undefined;

  constructor(
    kind: ConnectionErrorKind,
    message: string,
    facts: { status?: number | undefined; error?: ProtocolError | undefined; control?: Control | undefined; cause?: unknown } = {},
  ) {
    super(message, { cause: facts.cause });
    this.kind = kind;
    this.status = facts.status;
    this.error = facts.error;
    this.control = facts.control;
  }

  /** Whether trying again is of no use: the credential is refused or lacks a scope, or the server said so. */
  get isFinal(): boolean {
    return this.kind === "ended" || this.kind === "closed" || this.status === 401 || this.status === 403;
  }
}

/** Throws when the server's answer is a refusal. */
export function accepted<T extends { readonly error?: ProtocolError }>(result: T): T {
  if (result.error) {
    throw new RefusedError(result.error);
  }
  return result;
}

/** What a subscription ends with when its connection ended for good. */
export function refusalOf(cause: Error): ProtocolError {
  if (!(cause instanceof ConnectionError)) {
    return { code: "INTERNAL_ERROR", message: cause.message, retryable: true };
  }
  if (cause.control !== undefined) {
    return { code: cause.control.code, message: cause.control.reason, retryable: false };
  }
  const code = cause.status === 401 ? "UNAUTHORIZED" : cause.status === 403 ? "FORBIDDEN" : "UNAVAILABLE";
  return cause.error ?? { code, message: cause.message, retryable: code === "UNAVAILABLE" };
}

/** The error that problem details over HTTP stand for, as a hub would have answered with it. */
export function problemOf(body: unknown): ProtocolError | undefined {
  const problem = body as (Partial<ProtocolError> & { detail?: string; title?: string; errors?: readonly FieldError[] }) | undefined;
  return problem?.code === undefined
    ? undefined
    : {
        code: problem.code,
        message: problem.detail ?? problem.title ?? problem.code,
        retryable: problem.retryable ?? false,
        ...(problem.retry_after_ms !== undefined && { retry_after_ms: problem.retry_after_ms }),
        ...(problem.errors && { details: { errors: problem.errors } }),
      };
}

export function asError(thrown: unknown): Error {
  return thrown instanceof Error ? thrown : new Error(String(thrown));
}
