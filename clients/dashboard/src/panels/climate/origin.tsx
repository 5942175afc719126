import type { ClimatePayload, FrameEnvelope, VerifyResult } from "@realtimehub/client";
import { useState, type ReactNode } from "react";
import { useClient } from "../../connection/client-context.js";
import { timeOfData } from "./time-slider.js";

/** What the policy did to a frame, where it comes from, and whether it comes out the same again. */
export function Origin({ frame }: { readonly frame: FrameEnvelope<ClimatePayload> | undefined }): ReactNode {
  return (
    <aside className="column">
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
        {frame !== undefined && <VerifyFrame frame={frame} />}
      </section>
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
    </aside>
  );
}

interface Verdict {
  readonly frame: FrameEnvelope<ClimatePayload>;
  readonly result: VerifyResult | Error | "busy";
}

function VerifyFrame({ frame }: { readonly frame: FrameEnvelope<ClimatePayload> }): ReactNode {
  const { climate } = useClient();
  const [verdict, setVerdict] = useState<Verdict>();
  const verify = (): void => {
    setVerdict({ frame, result: "busy" });
    climate.verify({ recipe: frame.payload.recipe, ...frame.checksums }).then(
      (result) => setVerdict({ frame, result }),
      (error: unknown) => setVerdict({ frame, result: error instanceof Error ? error : new Error(String(error)) }),
    );
  };
  return (
    <>
      <button disabled={verdict?.result === "busy"} onClick={verify}>
        Compute again and verify
      </button>
      <output className="verdict" aria-label="Verification">
        {verdict !== undefined && verdictOf(verdict)}
      </output>
    </>
  );
}

// It names its frame, for newer ones come while it is read.
function verdictOf({ frame, result }: Verdict): string {
  const which = `the frame of ${timeOfData(frame.payload.time)}`;
  if (result === "busy") {
    return `Computing ${which} again …`;
  }
  if (result instanceof Error) {
    return `Not verified, ${which}: ${result.message}`;
  }
  return result.matches ? `Verified, ${which}: computed again, the checksum is the same.` : `Different, ${which}: computed again it has ${result.computed}`;
}

function Row({ name, value }: { readonly name: string; readonly value: string | undefined }): ReactNode {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{value === undefined || value === "" ? "—" : value}</dd>
    </div>
  );
}
