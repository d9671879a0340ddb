import type { EventConfig, EventType } from "cf-types";
import type { InvocationBatch, InvocationParts } from "../worker-messages.ts";
import { KnownMessages, type SentMessage } from "./known-messages.ts";

/** An invocation that has come and not begun. */
export interface WaitingInvocation {
  readonly number: number;
  readonly requestId: string;
  readonly config: EventConfig<EventType>;
  readonly request: SentMessage;
  readonly response: SentMessage | undefined;
}

const partsEach = 4 satisfies InvocationParts["length"];
const known = new KnownMessages();

/** Returns the invocations of a batch, in their order; each batch is to be read, and once. */
export function invocationsOf({ first, config, parts }: InvocationBatch): WaitingInvocation[] {
  const invocations: WaitingInvocation[] = [];
  for (let at = 0; at < parts.length; at += partsEach) {
    const response = parts[at + 3] as InvocationParts[3];
    invocations.push({
      number: first + at / partsEach,
      requestId: parts[at] as InvocationParts[0],
      config: { ...config, requestId: parts[at + 1] as InvocationParts[1] },
      request: known.received(parts[at + 2] as InvocationParts[2]),
      response: response === undefined ? undefined : known.received(response),
    });
  }
  return invocations;
}

/** Returns the event for a handler; the order of its parts is CloudFront's (LE-B-01, LE-B-02). */
export function makeEvent({ config, request, response }: WaitingInvocation): unknown {
  const cf =
    response === undefined
      ? { config, request: request.make() }
      : { config, request: request.make(), response: response.make() };
  return { Records: [{ cf }] };
}
