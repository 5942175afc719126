import { useEffect, useMemo, useState, useSyncExternalStore, type ReactNode } from "react";
import { useClient } from "../../connection/client-context.js";
import { rangeOf, viridisGradient } from "../../ui/color-scale.js";
import { useLive } from "../../ui/live-store.js";
import { CareLayer } from "./care-layer.js";
import { ClimateView, type Ask, type Mode, type Shown } from "./climate-view.js";
import { DriverLayer } from "./driver-layer.js";
import { MapCanvas } from "./map-canvas.js";
import { levelsOf } from "./map-drawing.js";
import { Origin } from "./origin.js";
import { PointCard } from "./point-card.js";
import { Projection, type Place } from "./projection.js";
import { TimeSlider } from "./time-slider.js";
import { drivers, fields, unitOf, type DriverName, type FieldName } from "./variables.js";

// Lines and letters are as large on a small screen as on a large one.
const [wide, narrow] = [1_200, 640];
const isNarrow = matchMedia("(max-width: 40rem)");
const first: Ask = { field: "t2m", mode: "live", isWindShown: true, onProtected: "conceal" };

/** A field over Kansas with what is laid over it, what the policy did to it, and where it comes from. */
export function ClimatePanel({ theme }: { readonly theme: string }): ReactNode {
  const client = useClient();
  const [ask, setAsk] = useState(first);
  const [driver, setDriver] = useState<DriverName | "">("");
  const [view, setView] = useState<ClimateView>();
  const [layer, setLayer] = useState<DriverLayer>();
  useEffect(() => {
    const opened = new ClimateView(client, ask);
    setView(opened);
    return () => {
      opened.close();
    };
  }, [client, ask]);
  useEffect(() => {
    const opened = driver === "" ? undefined : new DriverLayer(client, driver);
    setLayer(opened);
    return () => {
      opened?.close();
    };
  }, [client, driver]);
  return (
    <div className="panel climate">
      <h1 className="visually-hidden">Climate</h1>
      {view !== undefined && (
        <View view={view} layer={layer} theme={theme}>
          <Choices ask={ask} onAsk={setAsk} driver={driver} onDriver={setDriver} />
        </View>
      )}
    </div>
  );
}

interface ChoicesProps {
  readonly ask: Ask;
  readonly onAsk: (ask: Ask) => void;
  readonly driver: DriverName | "";
  readonly onDriver: (driver: DriverName | "") => void;
}

function Choices({ ask, onAsk, driver, onDriver }: ChoicesProps): ReactNode {
  return (
    <div className="toolbar">
      <h2>Kansas</h2>
      <label>
        Field
        <select value={ask.field} onChange={(event) => onAsk({ ...ask, field: event.target.value as FieldName })}>
          {Object.entries(fields).map(([name, title]) => (
            <option key={name} value={name}>
              {title}
            </option>
          ))}
        </select>
      </label>
      <label>
        Driver
        <select value={driver} onChange={(event) => onDriver(event.target.value as DriverName | "")}>
          <option value="">none</option>
          {Object.entries(drivers).map(([name, title]) => (
            <option key={name} value={name}>
              {title}
            </option>
          ))}
        </select>
      </label>
      <label>
        Frames
        <select value={ask.mode} onChange={(event) => onAsk({ ...ask, mode: event.target.value as Mode })}>
          <option value="live">live</option>
          <option value="replay">replay of a day</option>
        </select>
      </label>
      <label>
        Protected land
        <select value={ask.onProtected} onChange={(event) => onAsk({ ...ask, onProtected: event.target.value as Ask["onProtected"] })}>
          <option value="conceal">conceal it</option>
          <option value="deny">refuse the map</option>
        </select>
      </label>
      <label className="check">
        <input type="checkbox" checked={ask.isWindShown} onChange={(event) => onAsk({ ...ask, isWindShown: event.target.checked })} /> Wind
      </label>
    </div>
  );
}

function onWidth(changed: () => void): () => void {
  isNarrow.addEventListener("change", changed);
  return () => {
    isNarrow.removeEventListener("change", changed);
  };
}

interface ViewProps {
  readonly view: ClimateView;
  readonly layer: DriverLayer | undefined;
  readonly theme: string;
  readonly children: ReactNode;
}

function View({ view, layer, theme, children }: ViewProps): ReactNode {
  useLive(view.store);
  const client = useClient();
  const care = useMemo(() => new CareLayer(client), [client]);
  const [place, setPlace] = useState<Place>();
  const { shown } = view;
  const decision = shown?.frame.payload.recipe.decision;
  useEffect(() => {
    care.follow(decision);
  }, [care, decision]);
  const grid = shown?.frame.payload.grid;
  const shape = grid && JSON.stringify(grid);
  const width = useSyncExternalStore(onWidth, () => (isNarrow.matches ? narrow : wide));
  const projection = useMemo(() => (shape === undefined ? undefined : new Projection(JSON.parse(shape) as NonNullable<typeof grid>, width)), [shape, width]);
  return (
    <>
      <div className="column">
        <section className="card" aria-label="Map">
          {children}
          {shown === undefined || projection === undefined ? (
            <NoMap problem={view.problem} />
          ) : (
            <MapFigure view={view} shown={shown} projection={projection} layer={layer} care={care} place={place} onPlace={setPlace} theme={theme} />
          )}
          <TimeSlider view={view} />
        </section>
        {shown !== undefined && projection !== undefined && <PointCard view={view} shown={shown} care={care} projection={projection} place={place} theme={theme} />}
      </div>
      <Origin frame={shown?.frame} />
    </>
  );
}

// As large as the map, so that nothing moves when it comes.
function NoMap({ problem }: { readonly problem: string | undefined }): ReactNode {
  return (
    <figure className="field">
      <div className="map-box waiting-map">
        {problem === undefined ? (
          <p className="empty">The first frame is on its way.</p>
        ) : (
          <p role="alert" className="problem">
            {problem}
          </p>
        )}
      </div>
      <figcaption>
        <span>—</span>
        <i style={{ background: viridisGradient }} aria-hidden />
        <span>—</span>
      </figcaption>
      <p className="key" />
    </figure>
  );
}

interface MapProps {
  readonly view: ClimateView;
  readonly shown: Shown;
  readonly projection: Projection;
  readonly layer: DriverLayer | undefined;
  readonly care: CareLayer;
  readonly place: Place | undefined;
  readonly onPlace: (place: Place) => void;
  readonly theme: string;
}

function MapFigure({ view, shown, projection, layer, care, place, onPlace, theme }: MapProps): ReactNode {
  useLive(care.store);
  useLive((layer ?? view).store);
  const { frame, values } = shown;
  const { field, isWindShown } = view.ask;
  const { map } = care;
  const driver = layer?.newest;
  const layers = useMemo(
    () => ({ projection, shown, driver, care: map, isWindShown, marked: place }),
    [projection, shown, driver, map, isWindShown, place],
  );
  const about = frame.payload.data[field];
  const unit = unitOf(about?.units ?? "1");
  const [low, high] = (rangeOf(values) ?? []).map((value) => `${value.toFixed(1)} ${unit}`);
  return (
    <figure className="field">
      <MapCanvas label={`${field} over Kansas`} layers={layers} theme={theme} onChoose={onPlace} />
      <figcaption>
        <span>{low ?? "—"}</span>
        <i style={{ background: viridisGradient }} aria-hidden />
        <span>{high ?? "—"}</span>
      </figcaption>
      <p className="key">
        {fields[field]}, {about?.origin}; <i className="swatch hatched" aria-hidden /> concealed or missing, {about?.missing} of {values.length} cells; <i className="swatch hexagon" aria-hidden /> mean of an H3
        cell{isWindShown ? "; arrows: wind at 10 m" : ""}
        {driver !== undefined && `; lines: ${drivers[driver.name as DriverName]} at ${levelsOf(driver).join(", ")} ${unitOf(driver.field.units)}`}
      </p>
      {layer?.problem !== undefined && (
        <p role="alert" className="problem">
          {layer.problem}
        </p>
      )}
    </figure>
  );
}
