/** The time and its timers, so that tests can move it. */
export interface Clock {
  /** Milliseconds that only ever rise. */
  now(): number;
  /** Calls back once after the delay; the returned function cancels it. */
  after(delayMs: number, callback: () => void): () => void;
}

export const systemClock: Clock = {
  now: () => performance.now(),
  after: (delayMs, callback) => {
    const timer = setTimeout(callback, delayMs);
    return () => {
      clearTimeout(timer);
    };
  },
};

/** Resolves after the delay, or as soon as `hurry` calls back; rejects with the signal's reason when it aborts. */
export function pause(clock: Clock, delayMs: number, signal: AbortSignal, hurry?: (now: () => void) => void): Promise<void> {
  return new Promise((resolve, reject) => {
    if (signal.aborted) {
      reject(signal.reason as Error);
      return;
    }
    const finish = (settle: () => void): void => {
      cancel();
      signal.removeEventListener("abort", abort);
      settle();
    };
    const abort = (): void => {
      finish(() => {
        reject(signal.reason as Error);
      });
    };
    const now = (): void => {
      finish(resolve);
    };
    const cancel = clock.after(delayMs, now);
    signal.addEventListener("abort", abort);
    hurry?.(now);
  });
}
