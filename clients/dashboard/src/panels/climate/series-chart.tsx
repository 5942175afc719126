import { useEffect, useRef, type ReactNode } from "react";
import UPlot from "uplot";
import type { PointView } from "./point-view.js";

const height = 150;

/** The values of one place over the day. */
export function SeriesChart({ view, unit, theme }: { readonly view: PointView; readonly unit: string; readonly theme: string }): ReactNode {
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const element = box.current;
    if (element === null) {
      return;
    }
    const style = getComputedStyle(element);
    const axis: UPlot.Axis = {
      font: "11px system-ui, sans-serif", stroke: style.getPropertyValue("--ink-soft"), grid: { stroke: style.getPropertyValue("--line"), width: 1 }, ticks: { show: false },
    };
    const width = (): number => Math.max(200, element.clientWidth);
    const data = (): UPlot.AlignedData => [view.samples.map((s) => s.at), view.samples.map((s) => s.value)];
    const series = { label: unit, stroke: style.getPropertyValue("--line-1"), width: 2, points: { show: true, size: 6 } };
    const axes = [{ ...axis, values: (_: UPlot, times: number[]) => times.map((time) => new Date(time * 1_000).toISOString().slice(11, 16)) }, { ...axis, size: 56 }];
    const scales = { y: { range: (_: UPlot, low: number, high: number): [number, number] => [low - (high - low) * 0.1 - 0.1, high + (high - low) * 0.1 + 0.1] } };
    const chart = new UPlot({ width: width(), height, legend: { show: false }, scales, axes, series: [{}, series] }, data(), element);
    const off = view.store.subscribe(() => {
      chart.setData(data());
    });
    const resize = new ResizeObserver(() => {
      chart.setSize({ width: width(), height });
    });
    resize.observe(element);
    return () => {
      off();
      resize.disconnect();
      chart.destroy();
    };
  }, [view, unit, theme]);
  return <div ref={box} className="series" role="img" aria-label={`The day of this place, in ${unit}`} />;
}
