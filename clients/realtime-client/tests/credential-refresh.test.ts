import { createHmac } from "node:crypto";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { connect } from "../src/index.js";
import { messagePack } from "../src/messagepack.js";
import { securityEvent } from "./events.js";
import { ServerProcess } from "./server-process.js";
import { Watch } from "./waiting.js";
import { openChecked, schemaErrors } from "./wire-schema.js";

const issuer = { Issuer: "https://issuer.test", Audience: "realtimehub", HmacSecret: "a shared secret of more than 32 characters", ClockSkew: "00:00:00" };
const lifetimeSeconds = 3;
let server: ServerProcess;
let count = 0;

beforeAll(async () => {
  server = await ServerProcess.start(...Object.entries(issuer).flatMap(([name, value]) => [`--Auth:Jwt:0:${name}`, value]));
});

afterAll(async () => {
  await server.stop();
});

function token(subject: string): string {
  const now = Math.floor(new Date().getTime() / 1_000);
  const claims = { iss: issuer.Issuer, aud: issuer.Audience, sub: subject, jti: `token-${String(++count)}`, scope: "events:read", iat: now, exp: now + lifetimeSeconds };
  const text = [{ alg: "HS256", typ: "JWT" }, claims].map((part) => Buffer.from(JSON.stringify(part)).toString("base64url")).join(".");
  return `${text}.${createHmac("sha256", issuer.HmacSecret).update(text).digest("base64url")}`;
}

describe.each(["json", "messagepack"])("Over %s", (protocol) => {
  const options = { openConnection: openChecked, ...(protocol === "messagepack" && { protocol: messagePack() }) };

  test("a connection outlives its tokens: each is replaced before it expires", async () => {
    const watch = new Watch();
    let asked = 0;
    const credential = (): string => {
      asked++;
      watch.changed();
      return token("ada");
    };
    await using client = connect({ url: server.url, credential, ...options });
    const states: string[] = [];
    const errors: Error[] = [];
    client.events.on("state", ({ kind }) => states.push(kind));
    client.events.on("error", (error) => errors.push(error));
    const seen: string[] = [];
    await client.events.subscribe({}, (frame) => {
      seen.push(frame.eventId);
      watch.changed();
    });

    // Each is asked for when half of the one before has passed: with the fourth the first has expired.
    await watch.until(() => asked >= 4, "the fourth token");
    const id = `after-expiry-${protocol}`;
    await server.publish("events", securityEvent(id));
    await watch.until(() => seen.includes(id), "an event after the first token expired");

    expect(states).toEqual(["connecting", "connected"]);
    expect(errors).toEqual([]);
    expect(schemaErrors.splice(0)).toEqual([]);
  });

  test("somebody else's token is refused, and the connection goes on with its own", async () => {
    let subject = "ada";
    await using client = connect({ url: server.url, credential: () => token(subject), ...options });
    await client.events.connect();
    const errors: Error[] = [];
    client.events.on("error", (error) => errors.push(error));
    subject = "eve";
    await client.events.refreshCredential();

    expect(errors).toMatchObject([{ name: "RefusedError", code: "PRINCIPAL_MISMATCH" }]);
    expect(await client.events.ping()).toBeGreaterThan(0);
    expect(schemaErrors.splice(0)).toEqual([]);
  });
});
