import { useSyncExternalStore } from "react";

/**
 * Something that changes faster than a screen can show: whatever arrives changes `value`, and components draw it at most
 * once per frame of the screen. In a hidden tab nothing is drawn.
 */
export class LiveStore<T> {
  readonly value: T;
  readonly #listeners = new Set<() => void>();
  #changes = 0;
  #shown = 0;
  #isScheduled = false;

  constructor(value: T) {
    this.value = value;
  }

  /** The value has changed. */
  readonly changed = (): void => {
    this.#changes++;
    if (!this.#isScheduled) {
      this.#isScheduled = true;
      requestAnimationFrame(this.#show);
    }
  };

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  readonly version = (): number => this.#shown;

  readonly #show = (): void => {
    this.#isScheduled = false;
    this.#shown = this.#changes;
    for (const listener of this.#listeners) {
      listener();
    }
  };
}

/** Draws the component again when the store's value has changed; the answer counts the changes. */
export function useLive(store: LiveStore<unknown>): number {
  return useSyncExternalStore(store.subscribe, store.version);
}
