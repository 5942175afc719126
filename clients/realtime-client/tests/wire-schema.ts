import type { IStreamResult, IStreamSubscriber, ISubscription } from "@microsoft/signalr";
import { Ajv2020, type ValidateFunction } from "ajv/dist/2020.js";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Connection, ConnectionFactory } from "../src/connections/connection.js";
import { openSignalR } from "../src/connections/signalr-connection.js";

type Schema = Readonly<Record<string, unknown>>;

interface Contract {
  readonly hubs: Readonly<Record<string, { readonly methods: Readonly<Record<string, Schema>>; readonly pushes: Readonly<Record<string, Schema>> }>>;
  readonly $defs: Readonly<Record<string, Schema>>;
}

const file = join(import.meta.dirname, "../../../src/RealtimeHub.Protocol/Contract/schema.json");
const contract = JSON.parse(readFileSync(file, "utf8"), (_, value: unknown) => closed(value)) as Contract;
const root = "wire";
const ajv = new Ajv2020({ strict: false, allErrors: true, formats: { int32: true, int64: true, float: true, double: true, "date-time": isInstant } });
ajv.addSchema({ $id: root, $defs: contract.$defs });
const compiled = new Map<Schema, ValidateFunction>();
let checked = 0;

/** Everything that a server said and that its schema does not allow. */
export const schemaErrors: string[] = [];

/** How many messages were held against their schema. */
export function messagesChecked(): number {
  return checked;
}

/** Holds what a server pushes against its schema. */
export function checkPush(path: string, target: string, message: unknown): void {
  check(contract.hubs[path]?.pushes[target]?.argument, message, `${path} pushes ${target}`);
}

/** Holds what a method answers, or one item of its stream, against its schema. */
export function checkAnswer(path: string, method: string, answer: unknown): void {
  const about = contract.hubs[path]?.methods[method];
  const schema = about?.result ?? about?.item;
  // A method without an answer has none.
  if (about === undefined || schema !== undefined) {
    check(schema, answer, `${path} answers ${method}`);
  }
}

/** Connections of the official client whose every message is held against its schema as it comes. */
export const openChecked: ConnectionFactory = (request) => {
  const path = new URL(request.url).pathname;
  return new CheckedConnection(openSignalR(request), path);
};

class CheckedConnection implements Connection {
  readonly #inner: Connection;
  readonly #path: string;

  constructor(inner: Connection, path: string) {
    this.#inner = inner;
    this.#path = path;
  }

  get facts() {
    return this.#inner.facts;
  }

  start() {
    return this.#inner.start();
  }

  stop() {
    return this.#inner.stop();
  }

  async invoke(method: string, ...args: unknown[]) {
    const answer = await this.#inner.invoke(method, ...args);
    checkAnswer(this.#path, method, answer);
    return answer;
  }

  stream(method: string, ...args: unknown[]): IStreamResult<unknown> {
    const stream = this.#inner.stream(method, ...args);
    return {
      subscribe: (subscriber: IStreamSubscriber<unknown>): ISubscription<unknown> =>
        stream.subscribe({
          next: (item) => {
            checkAnswer(this.#path, method, item);
            subscriber.next(item);
          },
          error: (error: unknown) => {
            subscriber.error(error);
          },
          complete: () => {
            subscriber.complete();
          },
        }),
    };
  }

  on(target: string, handler: (message: never) => void) {
    this.#inner.on(target, (message) => {
      checkPush(this.#path, target, message);
      handler(message);
    });
  }

  onclose(callback: (error?: Error) => void) {
    this.#inner.onclose(callback);
  }
}

function check(schema: unknown, value: unknown, what: string): void {
  if (schema === undefined) {
    schemaErrors.push(`${what}, which the contract does not know`);
    return;
  }
  checked++;
  const validate = validatorOf(schema as Schema);
  if (!validate(plain(value))) {
    schemaErrors.push(`${what}: ${ajv.errorsText(validate.errors)}`);
  }
}

function validatorOf(schema: Schema): ValidateFunction {
  let validate = compiled.get(schema);
  if (validate === undefined) {
    validate = ajv.compile(JSON.parse(JSON.stringify(schema).replaceAll('"#/$defs/', `"${root}#/$defs/`)) as Schema);
    compiled.set(schema, validate);
  }
  return validate;
}

// A member that no schema names is an error.
function closed(value: unknown): unknown {
  const schema = value as Schema | null;
  const isOpenObject = typeof schema === "object" && schema?.type === "object" && schema.properties !== undefined && schema.additionalProperties === undefined;
  return isOpenObject ? { ...schema, additionalProperties: false } : value;
}

// Bytes stand where JSON has base64.
function plain(value: unknown): unknown {
  if (value instanceof Uint8Array) {
    return "";
  }
  if (Array.isArray(value)) {
    return value.map(plain);
  }
  return typeof value === "object" && value !== null ? Object.fromEntries(Object.entries(value).map(([name, member]) => [name, plain(member)])) : value;
}

function isInstant(text: string): boolean {
  return /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,7})?Z$/.test(text) && !Number.isNaN(Date.parse(text));
}
