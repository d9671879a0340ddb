import type { EventTexts } from "../invocation-event.ts";
import type { InvocationBatch } from "../worker-messages.ts";

/** An invocation that has come and not begun. */
export interface WaitingInvocation {
  readonly number: number;
  readonly requestId: string;
  readonly event: EventTexts;
}

// Taken before the function runs, which may replace it for itself.
const { parse } = JSON;

/** How many texts a batch has for each invocation. */
const TEXTS_EACH = 4;

/** Returns the invocations of a batch, in their order. */
export function invocationsOf({ first, texts }: InvocationBatch): WaitingInvocation[] {
  const invocations: WaitingInvocation[] = [];
  for (let at = 0; at < texts.length; at += TEXTS_EACH) {
    const event = {
      config: texts[at + 1] ?? "",
      request: texts[at + 2] ?? "",
      response: texts[at + 3],
    };
    const number = first + at / TEXTS_EACH;
    invocations.push({ number, requestId: texts[at] ?? "", event });
  }
  return invocations;
}

/** Returns the event of a handler; the order of its parts is CloudFront's (LE-B-01, LE-B-02). */
export function parseEvent({ config, request, response = "" }: EventTexts): unknown {
  const cf =
    response === ""
      ? { config: parse(config), request: parse(request) }
      : { config: parse(config), request: parse(request), response: parse(response) };
  return { Records: [{ cf }] };
}
