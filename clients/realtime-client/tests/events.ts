import type { PublishEvent } from "../src/index.js";

let count = 0;

/** A security event as a producer publishes it. */
export function securityEvent(eventId: string, risk = 10): PublishEvent {
  const id = ++count;
  return {
    type: "event",
    eventId,
    payload: {
      id,
      event_id: id,
      batch_id: `batch_${String(id)}`,
      camera_id: "front_door",
      risk_score: risk,
      risk_level: risk >= 85 ? "critical" : "low",
      summary: `Grüße 🚪 ${eventId}`,
      reasoning: "A test looks whether it arrives",
    },
  };
}
