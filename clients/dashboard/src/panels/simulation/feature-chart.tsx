import { useEffect, useRef, useState, type ReactNode } from "react";
import UPlot from "uplot";
import { useLive } from "../../ui/live-store.js";
import type { RunView } from "./run-view.js";

const height = 170;

/** One feature over the steps that came. */
export function FeatureChart({ view, theme }: { readonly view: RunView; readonly theme: string }): ReactNode {
  useLive(view.store);
  const [chosen, setChosen] = useState<string>();
  const names = Object.keys(view.metrics);
  const name = chosen !== undefined && names.includes(chosen) ? chosen : names[0];
  return (
    <section className="card" aria-label="Features">
      <div className="toolbar">
        <h2>Features over time</h2>
        <label>
          Feature
          <select value={name ?? ""} onChange={(event) => setChosen(event.target.value)}>
            {names.map((one) => (
              <option key={one}>{one}</option>
            ))}
          </select>
        </label>
        <output aria-label="Newest value">{name === undefined ? "" : view.metrics[name]?.toPrecision(5)}</output>
      </div>
      {name === undefined ? <p className="empty">{view.isOver ? "This run has no steps to show." : "The first step is on its way."}</p> : <Plot view={view} name={name} theme={theme} />}
    </section>
  );
}

function Plot({ view, name, theme }: { readonly view: RunView; readonly name: string; readonly theme: string }): ReactNode {
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
    const series = { label: name, stroke: style.getPropertyValue("--line-1"), width: 2, points: { show: false } };
    const scales = { x: { time: false } };
    const chart = new UPlot({ width: width(), height, legend: { show: false }, scales, axes: [axis, { ...axis, size: 64 }], series: [{}, series] }, dataOf(view, name), element);
    const off = view.store.subscribe(() => {
      chart.setData(dataOf(view, name));
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
  }, [view, name, theme]);
  return <div ref={box} className="plot" />;
}

function dataOf(view: RunView, name: string): UPlot.AlignedData {
  const samples = view.samples.toArray();
  return [samples.map((s) => s.step), samples.map((s) => s.metrics[name] ?? null)] as UPlot.AlignedData;
}
