import { useEffect, useState, type ReactNode, type SyntheticEvent } from "react";
import { useClient } from "../../connection/client-context.js";
import { timeOf } from "../../ui/format.js";
import { useLive } from "../../ui/live-store.js";
import { WorkspaceView } from "./workspace-view.js";

/** A spec, an agent or a team: who is there, and what happens. */
export function WorkspacePanel(): ReactNode {
  const client = useClient();
  const [typed, setTyped] = useState("");
  const [channel, setChannel] = useState<string>();
  const [view, setView] = useState<WorkspaceView>();
  useEffect(() => {
    if (channel === undefined) {
      return;
    }
    const opened = new WorkspaceView(client, channel);
    setView(opened);
    return () => {
      opened.close();
    };
  }, [client, channel]);
  const submit = (event: SyntheticEvent): void => {
    event.preventDefault();
    setChannel(typed.trim());
  };
  return (
    <div className="panel workspace">
      <h1 className="visually-hidden">Workspace</h1>
      <form className="card toolbar" aria-label="Channel" onSubmit={submit}>
        <label>
          Channel
          <input value={typed} placeholder="team:development" required spellCheck={false} onChange={(event) => setTyped(event.target.value)} />
        </label>
        <button className="primary">Open</button>
      </form>
      {view === undefined ? <p className="empty">Open a channel: spec:…, agent:… or team:….</p> : <Opened key={channel} view={view} channel={channel ?? ""} />}
    </div>
  );
}

function Opened({ view, channel }: { readonly view: WorkspaceView; readonly channel: string }): ReactNode {
  useLive(view.store);
  return (
    <>
      {view.problem !== undefined && (
        <p role="alert" className="problem">
          {view.problem}
        </p>
      )}
      <section className="card" aria-label="Present">
        <h2>Present: {view.count}</h2>
        <ul className="states">
          {[...view.members.values()].map((member) => (
            <li key={member.user_id}>
              <i className="lamp connected" aria-hidden /> {member.user_id}
              <small>
                since {timeOf(member.joined_at)}, {member.connections.length} {member.connections.length === 1 ? "connection" : "connections"}
              </small>
            </li>
          ))}
        </ul>
      </section>
      <section className="card" aria-label="Updates">
        <h2>Updates of {channel}</h2>
        <ol>
          {view.frames
            .toArray()
            .reverse()
            .slice(0, 100)
            .map((frame) => (
              <li key={`${frame.epoch}:${frame.sequence}`} className="row">
                <time>{timeOf(frame.timestamp)}</time> <b>{frame.type}</b> <span className="summary">{JSON.stringify(frame.payload)}</span>
              </li>
            ))}
        </ol>
        {view.frames.length === 0 && <p className="empty">Nothing has happened yet.</p>}
      </section>
    </>
  );
}
