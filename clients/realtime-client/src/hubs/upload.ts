import { Subject } from "@microsoft/signalr";
import type { HubSession } from "../connections/hub-session.js";
import type { HubLink } from "../connections/hub-link.js";
import type { PublishBatchResult, PublishEvent } from "../wire.js";

/** Publishes events as they come, until the source ends or the server has answered. A refusal is in the result. */
export async function publishStream(
  link: HubLink,
  upload: (session: HubSession, items: Subject<PublishEvent>) => Promise<PublishBatchResult>,
  events: Iterable<PublishEvent> | AsyncIterable<PublishEvent>,
): Promise<PublishBatchResult> {
  const session = await link.connected();
  const subject = new Subject<PublishEvent>();
  const answered = new AbortController();
  const answer = upload(session, subject).finally(() => {
    answered.abort();
  });
  send(events, subject, answered.signal).catch((error: unknown) => {
    subject.error(error);
  });
  return answer;
}

// The server may answer before the source ends: when it refuses an event, nothing after it is sent.
async function send(events: Iterable<PublishEvent> | AsyncIterable<PublishEvent>, subject: Subject<PublishEvent>, answered: AbortSignal): Promise<void> {
  for await (const event of events) {
    if (answered.aborted) {
      return;
    }
    subject.next(event);
  }
  subject.complete();
}
