import type { ClimateField, ClimateGridSpec, ClimatePayload, FrameEnvelope, VerifyResult } from "@realtimehub/client";
import { useEffect, useState, type ReactNode } from "react";
import { useClient } from "../../connection/client-context.js";
import { rangeOf, viridisGradient } from "../../ui/color-scale.js";
import { useLive } from "../../ui/live-store.js";
import { ClimateView } from "./climate-view.js";
import { MapCanvas } from "./map-canvas.js";

const variables = { t2m: "Temperature at 2 m", td2m: "Dew point at 2 m", u10: "Eastward wind at 10 m", v10: "Northward wind at 10 m" } as const;

/** A field over Kansas, what the policy did to it, and where it comes from. */
export function ClimatePanel({ theme }: { readonly theme: string }): ReactNode {
  const client = useClient();
  const [variable, setVariable] = useState<keyof typeof variables>("t2m");
  const [view, setView] = useState<ClimateView>();
  useEffect(() => {
    const opened = new ClimateView(client, variable);
    setView(opened);
    return () => {
      opened.close();
    };
  }, [client, variable]);
  return (
    <div className="panel climate">
      <h1 className="visually-hidden">Climate</h1>
      <section className="card" aria-label="Map">
        <div className="toolbar">
          <h2>Kansas</h2>
          <label>
            Field
            <select value={variable} onChange={(event) => setVariable(event.target.value as keyof typeof variables)}>
              {Object.entries(variables).map(([name, title]) => (
                <option key={name} value={name}>
                  {title}
                </option>
              ))}
            </select>
          </label>
        </div>
        {view !== undefined && <Shown view={view} theme={theme} />}
      </section>
      {view !== undefined && <Origin view={view} />}
    </div>
  );
}

function Shown({ view, theme }: { readonly view: ClimateView; readonly theme: string }): ReactNode {
  useLive(view.store);
  const [cell, setCell] = useState<readonly [row: number, column: number]>();
  const { frame, values, variable } = view;
  const field = frame?.payload.data[variable];
  if (view.problem !== undefined) {
    return (
      <p role="alert" className="problem">
        {view.problem}
      </p>
    );
  }
  if (frame === undefined || field === undefined) {
    return <p className="empty">The first frame is on its way.</p>;
  }
  const { grid } = frame.payload;
  const [low, high] = (rangeOf(values) ?? []).map((value) => `${value.toFixed(1)} ${field.units}`);
  return (
    <figure className="field">
      <MapCanvas label={`${variable} over Kansas`} grid={grid} values={values} theme={theme} onCell={(row, column) => setCell([row, column])} />
      <figcaption>
        <span>{low ?? "—"}</span>
        <i style={{ background: viridisGradient }} aria-hidden />
        <span>{high ?? "—"}</span>
      </figcaption>
      <p>
        Valid {frame.payload.time}, {field.origin}; {field.missing} of {values.length} cells are concealed or missing (hatched).
      </p>
      <output aria-label="Value">{cell === undefined ? "Click a place for its value." : valueAt(cell, grid, values, field)}</output>
    </figure>
  );
}

function valueAt([row, column]: readonly [number, number], grid: ClimateGridSpec, values: Float32Array, field: ClimateField): string {
  const value = values[row * grid.columns + column] ?? NaN;
  const degrees = (first: number | undefined, step: number | undefined, index: number): string => ((first ?? 0) + (step ?? 0) * index).toFixed(2);
  const place = `${degrees(grid.latitude, grid.latitude_step, row)}° N, ${degrees(grid.longitude, grid.longitude_step, column)}° E`;
  return `${place}: ${Number.isNaN(value) ? "concealed or missing" : `${value.toFixed(2)} ${field.units}`}`;
}

function Origin({ view }: { readonly view: ClimateView }): ReactNode {
  useLive(view.store);
  const { frame } = view;
  return (
    <aside className="column">
      <section className="card" aria-label="Care">
        <h2>Care</h2>
        <p>
          Masking: <b>{frame?.care?.masking ?? "—"}</b>, for: <b>{frame?.care?.scope ?? "—"}</b>
        </p>
        <ul className="care">
          {frame?.care?.notes.map((note) => (
            <li key={note}>{note}</li>
          ))}
        </ul>
      </section>
      <section className="card" aria-label="Provenance">
        <h2>Provenance</h2>
        <dl className="origin">
          <Row name="Source" value={frame?.payload.source_title} />
          <Row name="Model" value={frame?.payload.model_version} />
          <Row name="Activity" value={frame?.prov?.activity} />
          <Row name="Inputs" value={frame?.prov?.used.join(", ")} />
          <Row name="Agent" value={frame?.prov?.agent} />
          <Row name="Checksum" value={frame?.checksums?.multihash} />
          <Row name="STAC items" value={frame?.stac?.items.join(", ")} />
          <Row name="Decision" value={frame?.payload.recipe.decision} />
        </dl>
        {frame !== undefined && <VerifyFrame key={frame.eventId} frame={frame} />}
      </section>
    </aside>
  );
}

function VerifyFrame({ frame }: { readonly frame: FrameEnvelope<ClimatePayload> }): ReactNode {
  const { climate } = useClient();
  const [result, setResult] = useState<VerifyResult | "busy" | Error>();
  const verify = (): void => {
    setResult("busy");
    climate
      .verify({ recipe: frame.payload.recipe, ...frame.checksums })
      .then(setResult, (error: unknown) => setResult(error instanceof Error ? error : new Error(String(error))));
  };
  return (
    <>
      <button disabled={result === "busy"} onClick={verify}>
        Compute again and verify
      </button>
      <output className="verdict" aria-label="Verification">
        {result instanceof Error && `Not verified: ${result.message}`}
        {typeof result === "object" && "matches" in result && (result.matches ? "Verified: computed again, the checksum is the same." : `Different: computed again it has ${result.computed}`)}
      </output>
    </>
  );
}

function Row({ name, value }: { readonly name: string; readonly value: string | undefined }): ReactNode {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{value === undefined || value === "" ? "—" : value}</dd>
    </div>
  );
}
