import { useEffect, useRef, useState, type DependencyList } from "react";
import { asError } from "./errors.js";
import type { SubscriptionHandler } from "./hubs/hub-client.js";
import type { Subscription } from "./subscriptions/subscription.js";
import type { SubscriptionEvents } from "./subscriptions/subscription-events.js";
import type { ProtocolError } from "./wire.js";

/** Where the subscription of a component stands. */
export type SubscriptionView<P = unknown> =
  | { readonly kind: "starting" }
  | { readonly kind: "started"; readonly subscription: Subscription<P> }
  | { readonly kind: "ended"; readonly error?: ProtocolError }
  | { readonly kind: "failed"; readonly error: Error };

/** Makes the subscription; give the handler on, and the signal, which aborts when the component has gone. */
export type Subscribe<P> = (handler: SubscriptionHandler<P>, options: { readonly signal: AbortSignal }) => Promise<Subscription<P>>;

/**
 * Subscribes while the component is mounted, and anew when one of `dependencies` changes. The handler may change with
 * every render; the one of the last render is called.
 */
export function useSubscription<P = unknown>(
  subscribe: Subscribe<P>, handler: SubscriptionHandler<P>, dependencies: DependencyList,
): SubscriptionView<P> {
  const current = useRef(handler);
  const [view, setView] = useState<SubscriptionView<P>>({ kind: "starting" });
  useEffect(() => {
    current.current = handler;
  });
  useEffect(() => {
    const mounted = new AbortController();
    const show = (next: SubscriptionView<P>): void => {
      if (!mounted.signal.aborted) {
        setView(next);
      }
    };
    setView({ kind: "starting" });
    const started = subscribe(forwarding(current), { signal: mounted.signal });
    started.then(
      (subscription) => {
        show({ kind: "started", subscription });
        void subscription.ended.then((error) => {
          show(error ? { kind: "ended", error } : { kind: "ended" });
        });
      },
      (error: unknown) => {
        show({ kind: "failed", error: asError(error) });
      },
    );
    return () => {
      mounted.abort();
      void started.then((subscription) => subscription.unsubscribe(), () => undefined);
    };
  }, dependencies);
  return view;
}

const names = ["subscribed", "frame", "gap", "skipped", "degraded", "restored", "position", "closed"] as const;

function forwarding<P>(current: { readonly current: SubscriptionHandler<P> }): SubscriptionHandler<P> {
  const forward = (name: keyof SubscriptionEvents<P>) => (value: never, subscription: Subscription<P>): unknown => {
    const handler = current.current;
    if (typeof handler === "function") {
      return name === "frame" ? (handler)(value, subscription) : undefined;
    }
    return (handler[name] as ((value: never, subscription: Subscription<P>) => unknown) | undefined)?.(value, subscription);
  };
  return Object.fromEntries(names.map((name) => [name, forward(name)]));
}
