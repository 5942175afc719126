/** What the client is told by the machine it runs on. */
export interface Environment {
  /** Calls back when the network or the tab may have come back: try now, and look whether connections still live. */
  onWake(wake: () => void): () => void;
}

interface EventSource {
  addEventListener?(name: string, listener: () => void): void;
  removeEventListener?(name: string, listener: () => void): void;
}

/** The browser's: `online`, a tab that is shown or resumed again. Nothing in Node. */
export const browserEnvironment: Environment = {
  onWake: (wake) => {
    const page = globalThis as EventSource;
    const tab: (EventSource & { readonly visibilityState?: string }) | undefined = (globalThis as { document?: Document }).document;
    const shown = (): void => {
      if (tab?.visibilityState === "visible") {
        wake();
      }
    };
    const listeners: [EventSource | undefined, string, () => void][] = [
      [page, "online", wake],
      [page, "pageshow", wake],
      [tab, "resume", wake],
      [tab, "visibilitychange", shown],
    ];
    for (const [source, name, listener] of listeners) {
      source?.addEventListener?.(name, listener);
    }
    return () => {
      for (const [source, name, listener] of listeners) {
        source?.removeEventListener?.(name, listener);
      }
    };
  },
};
