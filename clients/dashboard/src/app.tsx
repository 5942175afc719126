import { useCallback, useEffect, useMemo, useState, useSyncExternalStore, type ReactNode } from "react";
import { ClientContext, useClient } from "./connection/client-context.js";
import { ConnectionWatch } from "./connection/connection-watch.js";
import { Inspector } from "./connection/inspector.js";
import { ClimatePanel } from "./panels/climate/climate-panel.js";
import { EventLog } from "./panels/events/event-log.js";
import { EventsPanel } from "./panels/events/events-panel.js";
import { JobsPanel } from "./panels/jobs/jobs-panel.js";
import { SimulationPanel } from "./panels/simulation/simulation-panel.js";
import { SystemPanel } from "./panels/system/system-panel.js";
import { WorkspacePanel } from "./panels/workspace/workspace-panel.js";
import { SignIn } from "./session/sign-in.js";
import { signOut } from "./session/session.js";
import { useLive } from "./ui/live-store.js";
import { useTheme, type ThemeChoice } from "./ui/theme.js";
import type { DashboardClient } from "./session/dashboard-client.js";

const panels = ["climate", "simulation", "events", "jobs", "workspace", "system"] as const;
type PanelName = (typeof panels)[number];

/** The whole dashboard. */
export function App(): ReactNode {
  const [client, setClient] = useState<DashboardClient>();
  const { theme, choice, choose } = useTheme();
  const signedIn = useCallback((made: DashboardClient) => setClient(made), []);
  if (client === undefined) {
    return <SignIn onSignedIn={signedIn} />;
  }
  const leave = (): void => {
    void signOut(client);
    setClient(undefined);
  };
  return (
    <ClientContext value={client}>
      <Shell client={client} theme={theme} choice={choice} choose={choose} onLeave={leave} />
    </ClientContext>
  );
}

interface ShellProps {
  readonly client: DashboardClient;
  readonly theme: "light" | "dark";
  readonly choice: ThemeChoice;
  readonly choose: (choice: ThemeChoice) => void;
  readonly onLeave: () => void;
}

function Shell({ client, theme, choice, choose, onLeave }: ShellProps): ReactNode {
  const panel = usePanel();
  const [isInspecting, setIsInspecting] = useState(false);
  const closeInspector = useCallback(() => setIsInspecting(false), []);
  const watch = useClosable(() => new ConnectionWatch(client), client);
  const events = useClosable(() => new EventLog(client), client);
  useLive(events.store);
  const waiting = events.waiting.size;
  useEffect(() => {
    document.title = waiting > 0 ? `(${waiting}) RealtimeHub` : "RealtimeHub";
  }, [waiting]);
  return (
    <div className={`shell ${isInspecting ? "inspecting" : ""}`}>
      <a className="skip" href="#panel">
        Skip to the panel
      </a>
      <header className="bar">
        <strong>RealtimeHub</strong>
        <nav aria-label="Panels">
          {panels.map((name) => (
            <a key={name} href={`#/${name}`} aria-current={panel === name ? "page" : undefined}>
              {titles[name]}
              {name === "events" && waiting > 0 && (
                <span className="badge" aria-label={`${waiting} to acknowledge`}>
                  {waiting}
                </span>
              )}
            </a>
          ))}
        </nav>
        <ConnectionPill watch={watch} isOpen={isInspecting} onToggle={() => setIsInspecting((open) => !open)} />
        <select aria-label="Theme" value={choice} onChange={(event) => choose(event.target.value as ThemeChoice)}>
          <option value="system">System</option>
          <option value="light">Light</option>
          <option value="dark">Dark</option>
        </select>
        <button onClick={onLeave}>Sign out</button>
      </header>
      <main id="panel" tabIndex={0}>
        {panel === "events" && <EventsPanel log={events} />}
        {panel === "climate" && <ClimatePanel theme={theme} />}
        {panel === "simulation" && <SimulationPanel theme={theme} />}
        {panel === "jobs" && <JobsPanel />}
        {panel === "workspace" && <WorkspacePanel />}
        {panel === "system" && <SystemPanel theme={theme} />}
      </main>
      {isInspecting && <Inspector watch={watch} onClose={closeInspector} />}
    </div>
  );
}

const titles: Readonly<Record<PanelName, string>> = { climate: "Climate", simulation: "Simulation", events: "Events", jobs: "Jobs", workspace: "Workspace", system: "System" };

function ConnectionPill({ watch, isOpen, onToggle }: { readonly watch: ConnectionWatch; readonly isOpen: boolean; readonly onToggle: () => void }): ReactNode {
  const client = useClient();
  useLive(watch.store);
  const kinds = client.hubs.map((hub) => hub.state.kind).filter((kind) => kind !== "idle");
  const worst = (["disconnected", "reconnecting", "connecting", "connected"] as const).find((kind) => kinds.includes(kind)) ?? "idle";
  const latency = Math.max(...watch.latencyMs.values());
  return (
    <button className="pill" onClick={onToggle} aria-expanded={isOpen} data-state={worst}>
      <i className={`lamp ${worst}`} aria-hidden />
      <span role="status">{worst}</span>
      <small>{worst === "connected" && Number.isFinite(latency) ? `${latency.toFixed(0)} ms` : ""}</small>
    </button>
  );
}

// Something that lives as long as what it is made for is shown.
function useClosable<T extends { close(): void }>(make: () => T, of: unknown): T {
  // eslint-disable-next-line react-hooks/exhaustive-deps -- made anew for another `of` only
  const made = useMemo(make, [of]);
  useEffect(
    () => () => {
      made.close();
    },
    [made],
  );
  return made;
}

function usePanel(): PanelName {
  const hash = useSyncExternalStore(
    (changed) => {
      addEventListener("hashchange", changed);
      return () => {
        removeEventListener("hashchange", changed);
      };
    },
    () => location.hash,
  );
  return panels.find((name) => hash === `#/${name}`) ?? "events";
}
