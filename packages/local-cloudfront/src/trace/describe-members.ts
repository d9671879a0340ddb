import type { EventType } from "cf-types";
import { isJsonObject } from "cloud-assembly";
import { membersOf } from "../distribution/function-name.ts";
import type { FunctionStepRecord } from "../edge-location/request-record.ts";
import type { Masking } from "./masking.ts";
import type { TracedMember } from "./trace.ts";
import type { TracedChange } from "./traced-change.ts";

/** Describes what each package of a composed function did: none for a function of one package. */
export function describeMembers(
  { run, step, outcome }: FunctionStepRecord,
  masking: Masking,
): readonly TracedMember[] {
  const results = run.memberResults.map((text) => masking.json(text));
  const messages = [messageOf(masking.json(run.event), step), ...results];
  return membersOf(run.association.edgeFunction).map(({ packageName, version }, index) => {
    const own = { name: packageName, version };
    const result = results[index];
    if (result === undefined) {
      const hasFailed = outcome === "failure" && index === results.length;
      return { ...own, outcome: hasFailed ? "failure" : "not-run", changes: [] };
    }
    return {
      ...own,
      outcome: outcomeOf(result, step),
      changes: changesBetween(partsOf(messages[index]), partsOf(result)),
    };
  });
}

/** The request or the response of an event, which a function returns or replaces. */
function messageOf(event: unknown, step: EventType): unknown {
  const name = step.endsWith("-request") ? "request" : "response";
  const records = isJsonObject(event) && Array.isArray(event["Records"]) ? event["Records"] : [];
  const [record] = records as readonly unknown[];
  const holder = isJsonObject(record) ? record["cf"] : event;
  return isJsonObject(holder) ? holder[name] : undefined;
}

function outcomeOf(result: unknown, step: EventType): TracedMember["outcome"] {
  if (!step.endsWith("-request")) return "response";
  const isRequest = isJsonObject(result) && result["uri"] !== undefined;
  return isRequest ? "request" : "generated-response";
}

/** What a message has, as texts by part and name: of either engine's. */
type Parts = ReadonlyMap<string, Pick<TracedChange, "part" | "name"> & { readonly text: string }>;

function partsOf(message: unknown): Parts {
  const parts = new Map<string, Pick<TracedChange, "part" | "name"> & { readonly text: string }>();
  const add = (part: TracedChange["part"], value: unknown, name = ""): void => {
    if (value === undefined) return;
    const text = typeof value === "string" ? value : JSON.stringify(value);
    parts.set(`${part} ${name}`, { part, name, text });
  };
  if (!isJsonObject(message)) return parts;
  add("uri", message["uri"]);
  add("querystring", message["querystring"]);
  add("status", message["status"] ?? message["statusCode"]);
  add("status-description", message["statusDescription"]);
  add("body", message["body"]);
  add("origin", message["origin"]);
  for (const [name, header] of entriesOf(message["headers"])) add("header", lines(header), name);
  const cookie = "uri" in message ? "cookie" : "set-cookie";
  if (entriesOf(message["cookies"]).length > 0) add("header", message["cookies"], cookie);
  return parts;
}

/** Header lines of Lambda@Edge, or a header of CloudFront Functions. */
function lines(header: unknown): string {
  const values = Array.isArray(header)
    ? header
    : isJsonObject(header) && Array.isArray(header["multiValue"])
      ? header["multiValue"]
      : [header];
  return values
    .map((each) => (isJsonObject(each) ? String(each["value"]) : String(each)))
    .join("\n");
}

function entriesOf(value: unknown): readonly (readonly [string, unknown])[] {
  return isJsonObject(value) ? Object.entries(value) : [];
}

function changesBetween(before: Parts, after: Parts): readonly TracedChange[] {
  return [...new Set([...before.keys(), ...after.keys()])].flatMap((key) => {
    const from = before.get(key);
    const to = after.get(key);
    const known = to ?? from;
    if (known === undefined || from?.text === to?.text) return [];
    return [{ part: known.part, name: known.name, before: from?.text, after: to?.text }];
  });
}
