/** Waits until something that is told again and again is as wanted; says what it waited for when it never was. */
export class Watch {
  readonly #waiting = new Set<() => void>();

  /** Something has changed. */
  readonly changed = (): void => {
    for (const look of [...this.#waiting]) {
      look();
    }
  };

  until(isSo: () => boolean, what: string, limitMs = 30_000): Promise<void> {
    return new Promise((resolve, reject) => {
      const look = (): void => {
        if (isSo()) {
          this.#waiting.delete(look);
          clearTimeout(limit);
          resolve();
        }
      };
      const limit = setTimeout(() => {
        this.#waiting.delete(look);
        reject(new Error(`Waited for ${what}`));
      }, limitMs);
      this.#waiting.add(look);
      look();
    });
  }
}
