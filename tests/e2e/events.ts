let count = 0;

/** A security event as a producer publishes it. */
export function securityEvent(summary: string, risk = 20, camera = "front_door"): object {
  const id = ++count;
  const level = risk >= 85 ? "critical" : risk >= 60 ? "high" : risk >= 30 ? "medium" : "low";
  return {
    type: "event",
    payload: {
      id, event_id: id, batch_id: `batch_${String(id)}`, camera_id: camera, risk_score: risk, risk_level: level, summary,
      reasoning: "Published by a test",
    },
  };
}

/** The lines of a job that runs and ends. */
export function job(id: string, lines: number): object[] {
  return [
    { type: "job.started", payload: { job_id: id, job_type: "test", started_at: new Date().toISOString() } },
    ...Array.from({ length: lines }, (_, i) => ({
      type: "job.log",
      payload: { level: i % 500 === 499 ? "error" : i % 100 === 99 ? "warning" : "info", message: `line ${String(i + 1)} of ${id}` },
    })),
  ];
}
