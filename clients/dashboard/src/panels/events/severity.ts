import type { FrameEnvelope } from "@realtimehub/client";

/** From the least to the most pressing; `none` is what carries no severity. */
export const severities = ["none", "low", "medium", "high", "critical"] as const;
export type Severity = (typeof severities)[number];

/** The severity that a frame says of itself. */
export function severityOf(frame: FrameEnvelope): Severity {
  const payload = frame.payload as { readonly risk_level?: unknown; readonly severity?: unknown } | null;
  const said = frame.tags?.severity ?? payload?.risk_level ?? payload?.severity;
  return severities.find((severity) => severity === said) ?? "none";
}

/** A sentence of what a frame says, from whatever its type has. */
export function summaryOf(frame: FrameEnvelope): string {
  const payload = (frame.payload ?? {}) as Readonly<Record<string, unknown>>;
  for (const name of ["summary", "message", "reason", "error"]) {
    if (typeof payload[name] === "string" && payload[name] !== "") {
      return payload[name];
    }
  }
  return Object.entries(payload)
    .filter(([name, value]) => name !== "camera_id" && (typeof value === "string" || typeof value === "number"))
    .slice(0, 4)
    .map(([name, value]) => `${name} ${String(value)}`)
    .join(", ");
}

/** Whether a type matches a pattern as the server matches it: `*` any text, `?` one character, `[ab]` one of a set; any case. */
export function matcher(pattern: string): (type: string) => boolean {
  const text = pattern.trim();
  if (text === "" || text === "*") {
    return () => true;
  }
  const source = text
    .toLowerCase()
    .replace(/_/g, ".")
    .replace(/[\\^$+(){}|.]/g, "\\$&")
    .replace(/\[!/g, "[^")
    .replace(/\*/g, ".*")
    .replace(/\?/g, ".");
  try {
    const expression = new RegExp(`^${source}$`);
    return (type) => expression.test(type.toLowerCase().replace(/_/g, "."));
  } catch {
    return () => false;
  }
}
