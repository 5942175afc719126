import text from "../../../../../data/maps/kansas-counties.geojson?raw";

interface Feature {
  readonly properties: { readonly name: string };
  readonly geometry: { readonly type: "Polygon"; readonly coordinates: readonly Ring[] } | { readonly type: "MultiPolygon"; readonly coordinates: readonly (readonly Ring[])[] };
}

/** Places in order; each is longitude and latitude. */
export type Ring = readonly (readonly number[])[];

/** A county with its outlines. */
export interface County {
  readonly name: string;
  readonly rings: readonly Ring[];
}

/** The 105 counties of Kansas. */
export const counties: readonly County[] = (JSON.parse(text) as { readonly features: readonly Feature[] }).features.map(({ properties, geometry }) => ({
  name: properties.name,
  rings: geometry.type === "Polygon" ? geometry.coordinates : geometry.coordinates.flat(),
}));
