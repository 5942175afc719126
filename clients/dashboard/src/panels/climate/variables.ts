/** The fields that can be shown. */
export const fields = {
  t2m: "Temperature at 2 m",
  td2m: "Dew point at 2 m",
  r2m: "Relative humidity at 2 m",
  u10: "Eastward wind at 10 m",
  v10: "Northward wind at 10 m",
  sp: "Surface pressure",
  t850: "Temperature at 850 hPa",
} as const;

export type FieldName = keyof typeof fields;

/** The hazard drivers that can be laid over a field. */
export const drivers = {
  cape: "CAPE",
  cin: "CIN",
  srh_0_3km: "Helicity, 0 to 3 km",
  bulk_shear_0_6km: "Shear, 0 to 6 km",
  llj_magnitude: "Low-level jet",
  lapse_rate_700_500hpa: "Lapse rate, 700 to 500 hPa",
  mixing_height: "Mixing height",
  instability: "Instability",
} as const;

export type DriverName = keyof typeof drivers;

/** The fields that the model predicts, and therefore can explain. */
export const explained: readonly string[] = ["t2m", "td2m", "u10", "v10"];

/** Wind comes with both of its components. */
export function withWind(name: FieldName, isWindShown: boolean): string[] {
  return [...new Set([name, ...(isWindShown || name === "u10" || name === "v10" ? ["u10", "v10"] : [])])];
}

/** A unit as people write it. */
export function unitOf(units: string): string {
  return units === "1" ? "" : units.replace(/(\S)-(\d)/g, (_, unit: string, power: string) => `${unit}${power === "1" ? "⁻¹" : power === "2" ? "⁻²" : `^-${power}`}`).replace(/(\p{L})2\b/gu, "$1²");
}
