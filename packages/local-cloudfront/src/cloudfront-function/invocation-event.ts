/** A part of an event that a function gets when it first reads it. */
export type EventPart = "context" | "viewer" | "request" | "querystring" | "headers" | "cookies";

/** What a sandbox reads of an invocation when the function does. */
export type InvocationText = EventPart | "now" | "rawQueryString" | "edgeLocation";

type EventType = "viewer-request" | "viewer-response";

/** An event of a CloudFront Function as JSON has it (FN-I-01). */
export interface JsonEvent {
  readonly context?: unknown;
  readonly viewer?: unknown;
  readonly request?: unknown;
  readonly response?: unknown;
}

type JsonObject = Readonly<Record<string, unknown>>;

/** An event that is made as far as it is read. */
export interface InvocationEvent {
  readonly eventType: EventType;
  /**
   * JSON text, in which `0` stands for each of the parts that is an object. Of an event that has all of them, the list
   * of what its message begins with: method and uri, or status and reason phrase.
   */
  readonly head: string;
  /** All of it; made when it is first asked for. */
  readonly whole: JsonEvent;
}

/** Returns the event that JSON holds. */
export function eventOfJson(whole: JsonEvent, eventType: EventType): InvocationEvent {
  const name = eventType === "viewer-request" ? "request" : "response";
  const message = withoutParts(objectOf(whole[name]), ["querystring", "headers", "cookies"]);
  const parts = ["context", "viewer", ...(name === "response" ? ["request"] : [])];
  const head = JSON.stringify({ ...withoutParts({ ...whole }, parts), [name]: message });
  return { eventType, head, whole };
}

function withoutParts(object: JsonObject, parts: readonly string[]): JsonObject {
  const entries = Object.entries(object).map(([name, value]) => [
    name,
    parts.includes(name) && isObject(value) ? 0 : value,
  ]);
  return Object.fromEntries(entries) as JsonObject;
}

/** Returns the JSON text of a part. */
export function partOf(event: InvocationEvent, part: EventPart): string {
  const { whole } = event;
  const { context, viewer, request } = whole;
  const ofEvent: JsonObject = { context, viewer, request };
  return JSON.stringify(part in ofEvent ? ofEvent[part] : messageOf(event)[part]);
}

/** What a function changed of the message that it returned. */
export interface ResultChanges {
  /** Members of the message, but for those that it left alone or only added to. */
  readonly set: JsonObject;
  /** What it added to parts, or replaced, by part. */
  readonly added: Readonly<Record<string, JsonObject>>;
}

/** Returns all of the message that a function returned. */
export function wholeResult(event: InvocationEvent, { set, added }: ResultChanges): JsonObject {
  const message = messageOf(event);
  const parts = Object.entries(added).map(([name, values]) => [
    name,
    { ...objectOf(message[name]), ...values },
  ]);
  return { ...message, ...set, ...Object.fromEntries(parts) } as JsonObject;
}

function messageOf({ eventType, whole }: InvocationEvent): JsonObject {
  return objectOf(eventType === "viewer-request" ? whole.request : whole.response);
}

function objectOf(value: unknown): JsonObject {
  return isObject(value) ? value : {};
}

function isObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
