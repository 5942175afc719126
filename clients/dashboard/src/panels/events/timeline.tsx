import { useEffect, useRef, type ReactNode } from "react";
import type { EventLog } from "./event-log.js";
import { severities } from "./severity.js";

const bucketMs = 5_000;
const buckets = 120;

/** How many events of which severity came in the last ten minutes, as stacked bars. */
export function Timeline({ log, theme }: { readonly log: EventLog; readonly theme: string }): ReactNode {
  const canvas = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    const element = canvas.current;
    if (element === null) {
      return;
    }
    let frame = 0;
    let isDirty = true;
    const off = log.store.subscribe(() => {
      isDirty = true;
    });
    const tick = setInterval(() => {
      isDirty = true;
    }, 1_000);
    const loop = (): void => {
      if (isDirty) {
        isDirty = false;
        draw(element, log);
      }
      frame = requestAnimationFrame(loop);
    };
    frame = requestAnimationFrame(loop);
    return () => {
      off();
      clearInterval(tick);
      cancelAnimationFrame(frame);
    };
  }, [log, theme]);
  return <canvas ref={canvas} className="timeline" role="img" aria-label="Events of the last ten minutes by severity" />;
}

function draw(canvas: HTMLCanvasElement, log: EventLog): void {
  const ratio = devicePixelRatio;
  const { clientWidth: width, clientHeight: height } = canvas;
  if (canvas.width !== Math.round(width * ratio) || canvas.height !== Math.round(height * ratio)) {
    canvas.width = Math.round(width * ratio);
    canvas.height = Math.round(height * ratio);
  }
  const context = canvas.getContext("2d");
  if (context === null) {
    return;
  }
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
  context.clearRect(0, 0, width, height);
  const counts = countsOf(log);
  const most = Math.max(5, ...counts.map((bucket) => bucket.reduce((a, b) => a + b, 0)));
  const style = getComputedStyle(canvas);
  const step = width / buckets;
  counts.forEach((bucket, index) => {
    let top = height;
    bucket.forEach((n, severity) => {
      const size = (n / most) * (height - 2);
      context.fillStyle = style.getPropertyValue(`--severity-${severities[severity] ?? "none"}`);
      context.fillRect(index * step, top - size, Math.max(1, step - 1), size);
      top -= size;
    });
  });
}

function countsOf(log: EventLog): number[][] {
  const counts = Array.from({ length: buckets }, () => severities.map(() => 0));
  const end = Math.ceil(Date.now() / bucketMs);
  for (let index = log.rows.length - 1; index >= 0; index--) {
    const row = log.rows.at(index);
    if (row?.kind !== "event") {
      continue;
    }
    const bucket = counts[buckets - 1 - (end - Math.floor(row.at / bucketMs) - 1)];
    const severity = severities.indexOf(row.severity);
    if (bucket !== undefined) {
      bucket[severity] = (bucket[severity] ?? 0) + 1;
    }
  }
  return counts;
}
