/** The newest items, up to a number. Removing the oldest is done in batches, so that adding stays cheap. */
export class Ring<T> {
  readonly #capacity: number;
  #items: T[] = [];
  #start = 0;
  #dropped = 0;

  constructor(capacity: number) {
    this.#capacity = capacity;
  }

  get length(): number {
    return this.#items.length - this.#start;
  }

  /** How many were removed to make room. */
  get dropped(): number {
    return this.#dropped;
  }

  push(item: T): void {
    this.#items.push(item);
    if (this.length > this.#capacity) {
      this.#start++;
      this.#dropped++;
      if (this.#start > this.#capacity) {
        this.#items = this.#items.slice(this.#start);
        this.#start = 0;
      }
    }
  }

  /** The item at an index, the oldest first. */
  at(index: number): T | undefined {
    return this.#items[this.#start + index];
  }

  /** The items, the oldest first. */
  toArray(): T[] {
    return this.#items.slice(this.#start);
  }

  clear(): void {
    this.#items = [];
    this.#start = 0;
    this.#dropped = 0;
  }
}
