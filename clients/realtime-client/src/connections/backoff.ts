/** Delays between attempts: exponential, capped, with full jitter, so that many clients do not come back at once. */
export class Backoff {
  readonly #baseMs: number;
  readonly #capMs: number;
  readonly #random: () => number;
  #attempts = 0;

  constructor(options: { readonly backoffBaseMs: number; readonly backoffCapMs: number; readonly random: () => number }) {
    this.#baseMs = options.backoffBaseMs;
    this.#capMs = options.backoffCapMs;
    this.#random = options.random;
  }

  /** How many delays were given since the last reset. */
  get attempts(): number {
    return this.#attempts;
  }

  /** The next delay: anything up to the base doubled per attempt, at most the cap. What somebody else has decided counts as an attempt too. */
  next(givenMs?: number): number {
    const doublings = Math.min(this.#attempts++, 30);
    return givenMs ?? this.#random() * Math.min(this.#capMs, this.#baseMs * 2 ** doublings);
  }

  /** Starts over. */
  reset(): void {
    this.#attempts = 0;
  }
}
