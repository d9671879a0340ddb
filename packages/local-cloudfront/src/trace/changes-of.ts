import { textOfBytes } from "../http/byte-string.ts";
import { emptyHeaders } from "../http/empty-headers.ts";
import type { HttpHeaders } from "../http/http-message.ts";
import type { FunctionStepRecord } from "../edge-location/request-record.ts";
import type { MessageHead, RequestHead, ResponseHead } from "../edge-location/message-head.ts";
import type { Masking } from "./masking.ts";
import { isCloudFrontFunctionRun } from "../edge-location/function-log.ts";
import { chosenOrigin, originChanges } from "./origin-changes.ts";
import type { TracedChange } from "./traced-change.ts";

/** Returns what differs between what a function got and what went on after it. */
export function changesOf(record: FunctionStepRecord, masking: Masking): readonly TracedChange[] {
  const { before, after } = record;
  if (after === undefined) return [];
  const changes = [
    ...(after === before ? [] : headChanges(before, after, masking)),
    ...(record.isBodyReplaced ? [bodyChange(before, after)] : []),
  ];
  const { run } = record;
  if (isCloudFrontFunctionRun(run)) return [...changes, ...chosenOrigin(run, masking)];
  return record.step === "origin-request" && record.outcome === "request"
    ? [...changes, ...originChanges(run, masking)]
    : changes;
}

/** Returns what differs between two messages, but for their bodies. */
export function headChanges(
  before: MessageHead,
  after: MessageHead,
  masking: Masking,
): readonly TracedChange[] {
  if (after.kind === "request") {
    const from = before.kind === "request" ? before : undefined;
    return [
      ...textChange("uri", from?.uri, after.uri),
      ...textChange("querystring", from?.querystring, after.querystring),
      ...headerChanges(from?.headers ?? emptyHeaders(), after.headers, masking),
    ];
  }
  // A generated response has nothing before it: all of it is new.
  const from = before.kind === "response" ? before : undefined;
  return [
    ...textChange("status", from && String(from.status), String(after.status)),
    ...textChange("status-description", from?.statusDescription, after.statusDescription),
    ...headerChanges(from?.headers ?? emptyHeaders(), after.headers, masking),
  ];
}

function textChange(
  part: "uri" | "querystring" | "status" | "status-description",
  before: string | undefined,
  after: string,
): readonly TracedChange[] {
  if (before === after) return [];
  return [{ part, name: "", before: before && textOfBytes(before), after: textOfBytes(after) }];
}

function headerChanges(
  before: HttpHeaders,
  after: HttpHeaders,
  masking: Masking,
): readonly TracedChange[] {
  const names = new Set([...Object.keys(before), ...Object.keys(after)]);
  return [...names].flatMap((name): readonly TracedChange[] => {
    const from = before[name];
    const to = after[name];
    if (from === to || (from !== undefined && to !== undefined && haveSameValues(from, to))) {
      return [];
    }
    return [
      { part: "header", name, before: shown(name, from, masking), after: shown(name, to, masking) },
    ];
  });
}

function haveSameValues(one: HttpHeaders[string], other: HttpHeaders[string]): boolean {
  return (
    one.length === other.length &&
    one.every(({ value }, index) => textOfBytes(value) === textOfBytes(other[index]?.value ?? ""))
  );
}

function shown(
  name: string,
  lines: HttpHeaders[string] | undefined,
  masking: Masking,
): string | undefined {
  return lines?.map(({ value }) => masking.value(name, textOfBytes(value))).join("\n");
}

function bodyChange(before: MessageHead, after: MessageHead): TracedChange {
  return {
    part: "body",
    name: "",
    before: before.kind === after.kind ? lengthOf(before) : undefined,
    after: lengthOf(after),
  };
}

function lengthOf({ bodyBytes }: RequestHead | ResponseHead): string | undefined {
  return bodyBytes === 0 ? undefined : `${bodyBytes} bytes`;
}
