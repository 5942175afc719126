import type { FrameEnvelope } from "@realtimehub/client";
import { describe, expect, test } from "vitest";
import { matcher, severityOf, summaryOf } from "./severity.js";

const frame = (payload: unknown, tags?: Record<string, string>): FrameEnvelope => ({
  type: "event", channel: "events", epoch: "a", sequence: 1, timestamp: "2026-01-01T00:00:00.000Z", eventId: "1", encoding: "json", requires_ack: false,
  ...(tags && { tags }), payload,
});

describe("matcher", () => {
  test.each([
    ["*", "alert.created", true],
    ["alert.*", "alert.created", true],
    ["alert.*", "camera.offline", false],
    ["ALERT_created", "alert.created", true],
    ["camera.o[fn]*", "camera.online", true],
    ["camera.o[!f]*", "camera.offline", false],
    ["event.?reated", "event.created", true],
    ["event", "event.created", false],
    ["", "anything", true],
    ["[", "anything", false],
    ["a+b", "aab", false],
  ])("%s on %s is %s", (pattern, type, isMatch) => {
    expect(matcher(pattern)(type)).toBe(isMatch);
  });
});

test("severityOf takes the tag before the payload, and none when nothing is said", () => {
  expect(severityOf(frame({ risk_level: "low" }, { severity: "high" }))).toBe("high");
  expect(severityOf(frame({ risk_level: "medium" }))).toBe("medium");
  expect(severityOf(frame({ severity: "odd" }))).toBe("none");
  expect(severityOf(frame(null))).toBe("none");
});

test("summaryOf finds the sentence, or the facts", () => {
  expect(summaryOf(frame({ summary: "A cat", reason: "x" }))).toBe("A cat");
  expect(summaryOf(frame({ camera_id: "gate", label: "dog", confidence: 0.7, bbox: {} }))).toBe("label dog, confidence 0.7");
  expect(summaryOf(frame(null))).toBe("");
});
