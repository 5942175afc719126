import { useLayoutEffect, useRef, useState, type ReactNode, type UIEvent } from "react";

interface Props<T> {
  readonly items: readonly T[];
  readonly rowHeight: number;
  readonly render: (item: T, index: number) => ReactNode;
  readonly keyOf: (item: T, index: number) => string | number;
  readonly label: string;
  readonly className?: string;
  /** Stay at the end while items arrive. */
  readonly isFollowing?: boolean;
  /** The reader has scrolled to the end, or away from it. */
  readonly onFollow?: (isAtEnd: boolean) => void;
  readonly empty?: ReactNode;
}

const overscan = 8;

/** Draws only the rows that can be seen, however many there are. Every row has the same height. */
export function VirtualList<T>({ items, rowHeight, render, keyOf, label, className, isFollowing, onFollow, empty }: Props<T>): ReactNode {
  const box = useRef<HTMLDivElement>(null);
  const [view, setView] = useState({ top: 0, height: 600 });

  useLayoutEffect(() => {
    const element = box.current;
    if (element === null) {
      return;
    }
    const measure = new ResizeObserver(() => {
      setView((v) => ({ ...v, height: element.clientHeight }));
    });
    measure.observe(element);
    return () => {
      measure.disconnect();
    };
  }, []);

  useLayoutEffect(() => {
    if (isFollowing === true && box.current !== null) {
      box.current.scrollTop = items.length * rowHeight;
    }
  }, [isFollowing, items.length, rowHeight]);

  const onScroll = (event: UIEvent<HTMLDivElement>): void => {
    const { scrollTop, clientHeight, scrollHeight } = event.currentTarget;
    setView({ top: scrollTop, height: clientHeight });
    onFollow?.(scrollTop + clientHeight >= scrollHeight - rowHeight);
  };

  const first = Math.max(0, Math.floor(view.top / rowHeight) - overscan);
  const last = Math.min(items.length, Math.ceil((view.top + view.height) / rowHeight) + overscan);
  return (
    <div ref={box} className={`virtual ${className ?? ""}`} onScroll={onScroll} tabIndex={0} role="region" aria-label={label}>
      {items.length === 0 && empty}
      <ol style={{ height: items.length * rowHeight }} aria-label={label}>
        {items.slice(first, last).map((item, offset) => (
          <li
            key={keyOf(item, first + offset)}
            style={{ top: (first + offset) * rowHeight, height: rowHeight }}
            aria-setsize={items.length}
            aria-posinset={first + offset + 1}
          >
            {render(item, first + offset)}
          </li>
        ))}
      </ol>
    </div>
  );
}
