import { useEffect, useRef, type ReactNode } from "react";
import UPlot from "uplot";
import type { Sample, StatusHistory } from "./status-history.js";

/** One line of a chart. */
export interface Series {
  readonly label: string;
  readonly color: string;
  readonly value: (sample: Sample) => number | undefined;
}

interface Props {
  readonly title: string;
  readonly unit: string;
  readonly history: StatusHistory;
  readonly series: readonly Series[];
  readonly theme: string;
  readonly max?: number;
}

const height = 150;

/** The last hour of some figures. The chart is made once per theme and given new data as it comes. */
export function HistoryChart({ title, unit, history, series, theme, max }: Props): ReactNode {
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const element = box.current;
    if (element === null) {
      return;
    }
    const style = getComputedStyle(element);
    const ink = style.getPropertyValue("--ink-soft");
    const axis: UPlot.Axis = { font: "11px system-ui, sans-serif", stroke: ink, grid: { stroke: style.getPropertyValue("--line"), width: 1 }, ticks: { show: false } };
    const chart = new UPlot(
      {
        width: Math.max(200, element.clientWidth),
        height,
        cursor: { drag: { x: false, y: false } },
        legend: { live: false },
        scales: { y: { range: (_, low, high) => [Math.min(0, low), max ?? Math.max(1, high * 1.1)] } },
        axes: [axis, { ...axis, size: 56, values: (_, ticks) => ticks.map((tick) => `${compact.format(tick)}${unit}`) }],
        series: [
          {},
          ...series.map((s) => ({
            label: s.label,
            stroke: style.getPropertyValue(s.color),
            width: 2,
            points: { show: false },
          })),
        ],
      },
      dataOf(history, series),
      element,
    );
    const off = history.store.subscribe(() => {
      chart.setData(dataOf(history, series));
    });
    const resize = new ResizeObserver(() => {
      chart.setSize({ width: Math.max(200, element.clientWidth), height });
    });
    resize.observe(element);
    return () => {
      off();
      resize.disconnect();
      chart.destroy();
    };
  }, [history, series, theme, unit, max]);
  return (
    <figure className="card chart">
      <figcaption>{title}</figcaption>
      <div ref={box} />
    </figure>
  );
}

const compact = new Intl.NumberFormat(undefined, { notation: "compact", maximumFractionDigits: 1 });

function dataOf(history: StatusHistory, series: readonly Series[]): UPlot.AlignedData {
  const samples = history.samples.toArray();
  return [samples.map((s) => s.at / 1_000), ...series.map((one) => samples.map((s) => one.value(s) ?? null))] as UPlot.AlignedData;
}
