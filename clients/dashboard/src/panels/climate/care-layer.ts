import type { CareMap, CareMapCell, ConcealedPoint } from "@realtimehub/client";
import type { DashboardClient } from "../../session/dashboard-client.js";
import { LiveStore } from "../../ui/live-store.js";
import { kansas } from "./climate-view.js";
import { isInside, type Place, type Projection } from "./projection.js";

/** What the policy shows of Kansas: asked for anew whenever frames come under another decision. */
export class CareLayer {
  readonly store = new LiveStore(this);
  map: CareMap | undefined;
  #decision: string | undefined;
  readonly #client: DashboardClient;

  constructor(client: DashboardClient) {
    this.#client = client;
  }

  /** Takes up the decision that a frame was made under. */
  follow(decision: string | undefined): void {
    if (decision !== undefined && decision !== this.#decision) {
      this.#decision = decision;
      this.#client.climate.careMap({ domain: { bbox: kansas } }).then(
        (map) => {
          this.map = map;
          this.store.changed();
        },
        () => {
          // The frames themselves say what is missing; only the reasons of single places are not there.
          this.map = undefined;
          this.store.changed();
        },
      );
    }
  }
}

/** Why a place is not shown as it is; undefined where it is. */
export function careAt(map: CareMap | undefined, projection: Projection, place: Place): { readonly isConcealed: boolean; readonly text: string } | undefined {
  const concealed = concealedAt(map, projection, place);
  if (concealed !== undefined) {
    return { isConcealed: true, text: `Concealed. ${concealed.reason}` };
  }
  const cell = cellAt(map, place);
  return cell && { isConcealed: false, text: `Generalised: the mean of ${cell.points} points in the H3 cell ${cell.cell}. ${cell.reason}` };
}

function concealedAt(map: CareMap | undefined, projection: Projection, place: Place): ConcealedPoint | undefined {
  const [row, column] = projection.cellOf(place);
  return map?.concealed.find((point) => {
    const [r, c] = projection.cellOf([point.longitude, point.latitude]);
    return r === row && c === column;
  });
}

function cellAt(map: CareMap | undefined, place: Place): CareMapCell | undefined {
  return map?.cells.find((cell) => isInside(place, cell.boundary));
}
