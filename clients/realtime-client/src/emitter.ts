/** Ends what it stands for: a listener, a timer. */
export type Off = () => void;

type Listeners<T> = Set<(value: T) => unknown>;

/** Calls listeners by name, in the order in which they came. A listener that throws stops nobody. */
export class Emitter<Events extends object> {
  readonly #listeners = new Map<keyof Events, Listeners<never>>();
  readonly #onThrown: (error: unknown) => void;

  constructor(onThrown: (error: unknown) => void) {
    this.#onThrown = onThrown;
  }

  on<Name extends keyof Events>(name: Name, listener: (value: Events[Name]) => unknown): Off {
    let listeners = this.#listeners.get(name) as Listeners<Events[Name]> | undefined;
    if (listeners === undefined) {
      this.#listeners.set(name, (listeners = new Set<(value: Events[Name]) => unknown>()));
    }
    listeners.add(listener);
    return () => {
      this.#listeners.get(name)?.delete(listener);
    };
  }

  emit<Name extends keyof Events>(name: Name, value: Events[Name]): void {
    const listeners = this.#listeners.get(name) as Listeners<Events[Name]> | undefined;
    for (const listener of [...(listeners ?? [])]) {
      try {
        // A listener may be an async function, whose failure is its own.
        const result = (listener)(value);
        if (result instanceof Promise) {
          result.catch(this.#onThrown);
        }
      } catch (error) {
        this.#onThrown(error);
      }
    }
  }
}
