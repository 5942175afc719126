import { useEffect, useMemo, useState, type ReactNode, type SyntheticEvent } from "react";
import { useClient } from "../../connection/client-context.js";
import { count, timeOf } from "../../ui/format.js";
import { useLive } from "../../ui/live-store.js";
import { ChannelList } from "./channel-list.js";
import { WorkspaceView } from "./workspace-view.js";

/** Specs, agents and teams: the channels, who is there, and what happens. */
export function WorkspacePanel(): ReactNode {
  const client = useClient();
  const list = useMemo(() => new ChannelList(client), [client]);
  useEffect(
    () => () => {
      list.close();
    },
    [list],
  );
  useLive(list.store);
  const [chosen, setChosen] = useState<string>();
  const [view, setView] = useState<WorkspaceView>();
  const channel = chosen ?? list.first;
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
  return (
    <div className="panel workspace">
      <h1 className="visually-hidden">Workspace</h1>
      <aside className="card" aria-label="Channels">
        <h2>Channels</h2>
        {list.problem !== undefined && (
          <p role="alert" className="problem">
            {list.problem}
          </p>
        )}
        <ul className="job-list">
          {list.channels.map(({ name, frames, readers }) => (
            <li key={name}>
              <button className="job" aria-pressed={name === channel} onClick={() => setChosen(name)}>
                <b>{name}</b>
                <small>{frames === undefined ? "nothing has happened yet" : `${count(frames)} ${frames === 1 ? "update" : "updates"}, ${count(readers)} ${readers === 1 ? "reader" : "readers"}`}</small>
              </button>
            </li>
          ))}
        </ul>
        {list.channels.length === 0 && <p className="empty">{list.isListed ? "No channel yet. Open one by its name." : "The list is on its way."}</p>}
        <OpenOther onOpen={setChosen} />
      </aside>
      <div className="column">
        {view === undefined || channel === undefined ? <p className="card empty">Open a channel: spec:…, agent:… or team:….</p> : <Opened key={channel} view={view} channel={channel} />}
      </div>
    </div>
  );
}

function OpenOther({ onOpen }: { readonly onOpen: (channel: string) => void }): ReactNode {
  const [typed, setTyped] = useState("");
  const submit = (event: SyntheticEvent): void => {
    event.preventDefault();
    onOpen(typed.trim());
  };
  return (
    <form className="open-other" onSubmit={submit}>
      <label>
        Another channel
        <input value={typed} placeholder="spec:checkout" required spellCheck={false} onChange={(event) => setTyped(event.target.value)} />
      </label>
      <button>Open</button>
    </form>
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
