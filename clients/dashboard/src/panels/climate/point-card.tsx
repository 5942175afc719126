import { useEffect, useState, type ReactNode } from "react";
import { useClient } from "../../connection/client-context.js";
import { useLive } from "../../ui/live-store.js";
import { careAt, type CareLayer } from "./care-layer.js";
import type { ClimateView, Shown } from "./climate-view.js";
import { Explanation } from "./explanation.js";
import { PointView } from "./point-view.js";
import type { Place, Projection } from "./projection.js";
import { SeriesChart } from "./series-chart.js";
import { fields, unitOf, type FieldName } from "./variables.js";

interface Props {
  readonly view: ClimateView;
  readonly shown: Shown;
  readonly care: CareLayer;
  readonly projection: Projection;
  readonly place: Place | undefined;
  readonly theme: string;
}

/** The chosen place: its value, its day, and what explains it. */
export function PointCard({ view, shown, care, projection, place, theme }: Props): ReactNode {
  useLive(care.store);
  const { field } = view.ask;
  return (
    <section className="card point" aria-label="Place">
      <h2>Place</h2>
      <output aria-label="Value">{place === undefined ? "Click a place for its value, its day and its explanation." : valueAt(shown, field, care, projection, place)}</output>
      {place !== undefined && <Day key={`${place.join()} ${field} ${view.ask.mode}`} place={place} field={field} time={shown.frame.payload.time} theme={theme} unit={unitOf(shown.frame.payload.data[field]?.units ?? "1")} />}
    </section>
  );
}

interface DayProps {
  readonly place: Place;
  readonly field: FieldName;
  /** What is explained: the time that is shown when the place is chosen. */
  readonly time: string;
  readonly theme: string;
  readonly unit: string;
}

function Day({ place, field, time, theme, unit }: DayProps): ReactNode {
  const client = useClient();
  const [view, setView] = useState<PointView>();
  const [[longitude, latitude], [asked]] = [place, useState(time)];
  useEffect(() => {
    const opened = new PointView(client, [longitude, latitude], field, asked);
    setView(opened);
    return () => {
      opened.close();
    };
  }, [client, longitude, latitude, field, asked]);
  return view === undefined ? null : <Read view={view} theme={theme} unit={unit} />;
}

function Read({ view, theme, unit }: { readonly view: PointView; readonly theme: string; readonly unit: string }): ReactNode {
  useLive(view.store);
  return (
    <>
      <h3>
        {fields[view.field]} over the day <small>{view.isSeriesOver ? "" : "coming …"}</small>
      </h3>
      {view.seriesProblem === undefined ? <SeriesChart view={view} unit={unit} theme={theme} /> : <p className="calm">{view.seriesProblem}</p>}
      <h3>Explanation</h3>
      {view.explanation !== undefined && <Explanation payload={view.explanation} />}
      {view.explanationProblem !== undefined && <p className="calm">{view.explanationProblem}</p>}
      {view.explanation === undefined && view.explanationProblem === undefined && <p className="empty">The explanation is on its way.</p>}
    </>
  );
}

function valueAt({ frame, values, wind }: Shown, field: FieldName, care: CareLayer, projection: Projection, place: Place): string {
  const [row, column] = projection.cellOf(place);
  const index = row * projection.grid.columns + column;
  const value = values[index] ?? NaN;
  const reason = careAt(care.map, projection, place);
  const where = `${place[1].toFixed(2)}° N, ${Math.abs(place[0]).toFixed(2)}° ${place[0] < 0 ? "W" : "E"}`;
  const speed = wind && Math.hypot(wind.u[index] ?? NaN, wind.v[index] ?? NaN);
  const blown = speed === undefined || Number.isNaN(speed) ? "" : `, wind ${speed.toFixed(1)} m/s`;
  const shownValue = Number.isNaN(value) ? "nothing is shown" : `${value.toFixed(2)} ${unitOf(frame.payload.data[field]?.units ?? "1")}${blown}`;
  return `${where}: ${shownValue}${reason === undefined ? "" : `. ${reason.text}`}`;
}
