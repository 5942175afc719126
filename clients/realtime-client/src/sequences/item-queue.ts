import { deferred, type Deferred } from "../deferred.js";

/** Why a queue gives nothing more: all was said, it was full, what fills it broke, or the reader has gone. */
export type QueueEnd = "complete" | "full" | "broken" | "left";

/** Items between a connection, which cannot wait, and one reader, who can. When it is full it says so, and its source must stop. */
export class ItemQueue<T> {
  readonly #capacity: number;
  #items: T[] = [];
  #next = 0;
  #end: QueueEnd | undefined;
  #arrival: Deferred<undefined> | undefined;

  constructor(capacity: number) {
    this.#capacity = capacity;
  }

  /** Why it gives nothing more, once everything was read. */
  get end(): QueueEnd | undefined {
    return this.#end;
  }

  /** Takes an item; false when no more should come. What its source cannot hold back any more is still taken. */
  push(item: T): boolean {
    if (this.#end !== undefined && this.#end !== "full") {
      return false;
    }
    this.#items.push(item);
    this.#signal();
    if (this.#items.length - this.#next >= this.#capacity) {
      this.close("full");
      return false;
    }
    return true;
  }

  close(end: QueueEnd): void {
    this.#end ??= end;
    this.#signal();
  }

  /** The next item; undefined after the last. */
  async next(): Promise<T | undefined> {
    while (this.#next === this.#items.length) {
      if (this.#end !== undefined) {
        return undefined;
      }
      this.#items = [];
      this.#next = 0;
      this.#arrival = deferred();
      await this.#arrival.promise;
    }
    return this.#items[this.#next++];
  }

  #signal(): void {
    this.#arrival?.resolve(undefined);
    this.#arrival = undefined;
  }
}
