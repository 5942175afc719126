import { useEffect, useState, type SyntheticEvent, type ReactNode } from "react";
import { resumeSession, serverFacts, signIn } from "./session.js";
import type { DashboardClient } from "./dashboard-client.js";

/** Asks for a key, unless there is a session from before. */
export function SignIn({ onSignedIn }: { readonly onSignedIn: (client: DashboardClient) => void }): ReactNode {
  const [key, setKey] = useState("");
  const [isBusy, setIsBusy] = useState(false);
  const [problem, setProblem] = useState<string>();
  const [isDevelopment, setIsDevelopment] = useState(false);

  useEffect(() => {
    void serverFacts().then((facts) => setIsDevelopment(facts.development));
    resumeSession().then(
      (client) => {
        if (client !== undefined) {
          onSignedIn(client);
        }
      },
      () => undefined,
    );
  }, [onSignedIn]);

  const enter = async (given: string): Promise<void> => {
    setIsBusy(true);
    setProblem(undefined);
    try {
      onSignedIn(await signIn(given));
    } catch (error) {
      setProblem(error instanceof Error ? error.message : String(error));
      setIsBusy(false);
    }
  };
  const submit = (event: SyntheticEvent): void => {
    event.preventDefault();
    void enter(key.trim());
  };

  return (
    <main className="sign-in">
      <form onSubmit={submit} aria-busy={isBusy}>
        <h1>RealtimeHub</h1>
        <label htmlFor="key">Key</label>
        <input
          id="key"
          type="password"
          autoComplete="current-password"
          value={key}
          onChange={(event) => setKey(event.target.value)}
          aria-describedby={problem === undefined ? undefined : "problem"}
          aria-invalid={problem !== undefined}
          autoFocus
          required
        />
        <button className="primary" disabled={isBusy || key.trim() === ""}>
          Sign in
        </button>
        {isDevelopment && (
          <button type="button" disabled={isBusy} onClick={() => void enter("dev-key")}>
            Use the development key
          </button>
        )}
        <p id="problem" role="alert" className="problem">
          {problem}
        </p>
      </form>
    </main>
  );
}
