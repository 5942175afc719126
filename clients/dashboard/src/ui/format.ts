const clock = new Intl.DateTimeFormat(undefined, { hour: "2-digit", minute: "2-digit", second: "2-digit", hour12: false });
const number = new Intl.NumberFormat(undefined, { maximumFractionDigits: 1 });

/** The time of day of an instant of the wire. */
export function timeOf(instant: string): string {
  return clock.format(new Date(instant));
}

/** A number for people. */
export function count(value: number): string {
  return number.format(value);
}

/** Bytes for people. */
export function bytes(value: number): string {
  const units = ["B", "KiB", "MiB", "GiB", "TiB"];
  let unit = 0;
  let left = value;
  while (left >= 1024 && unit < units.length - 1) {
    left /= 1024;
    unit++;
  }
  return `${number.format(left)} ${units[unit] ?? ""}`;
}

/** A duration in seconds for people. */
export function duration(seconds: number): string {
  const [days, hours, minutes] = [Math.floor(seconds / 86_400), Math.floor(seconds / 3_600) % 24, Math.floor(seconds / 60) % 60];
  if (days > 0) {
    return `${days} d ${hours} h`;
  }
  return hours > 0 ? `${hours} h ${minutes} min` : minutes > 0 ? `${minutes} min ${Math.floor(seconds % 60)} s` : `${Math.floor(seconds)} s`;
}
