import type { ServerResponse } from "node:http";
import { securityHeaders } from "./send-json.ts";
import type { RequestList } from "./request-list.ts";
import { writeEvent } from "./write-event.ts";

/** Milliseconds for which new requests are gathered: a page draws no more often. */
const gatherMs = 50;
/** Summaries in one event. */
const batchSize = 1000;
/** Bytes that wait for a page; one that does not keep up is let go, and comes back for the rest. */
const maxWaitingBytes = 8 * 1024 * 1024;

/**
 * Tells a page of all requests after a number, and of new ones as they come, as server-sent events:
 * `requests` with a list of summaries, `cleared` when the list was emptied.
 *
 * @param lastEventId the id of the last event that the page knows; empty for none
 * @returns what ends the stream
 */
export function streamRequests(
  outgoing: ServerResponse,
  list: RequestList,
  lastEventId: string,
): () => void {
  outgoing.writeHead(200, {
    ...securityHeaders,
    "Content-Type": "text/event-stream; charset=utf-8",
  });
  // Numbers begin anew with each start: what a page knows may be another list's.
  const [listId, number] = lastEventId.split(":");
  let sent = listId === list.id ? Number(number) || 0 : 0;
  if (sent === 0) writeEvent(outgoing, "cleared", {});
  const sendNew = (): void => {
    if (sent > 0 && sent <= list.clearedNumber) writeEvent(outgoing, "cleared", {});
    sent = Math.max(sent, list.clearedNumber);
    const waiting = list.after(sent);
    for (let at = 0; at < waiting.length; at += batchSize) {
      const batch = waiting.slice(at, at + batchSize);
      sent = batch.at(-1)?.number ?? sent;
      writeEvent(outgoing, "requests", batch, `${list.id}:${sent}`);
    }
    if (outgoing.writableLength > maxWaitingBytes) outgoing.destroy();
  };
  sendNew();
  let timer: NodeJS.Timeout | undefined;
  const forget = list.onChange(() => {
    timer ??= setTimeout(() => {
      timer = undefined;
      sendNew();
    }, gatherMs);
  });
  outgoing.on("close", () => {
    clearTimeout(timer);
    forget();
  });
  return () => outgoing.end();
}
