import type { CacheKey, CacheKeyComponent } from "../cache/cache-key.ts";
import { textOfBytes } from "../http/byte-string.ts";
import type { HttpHeaders } from "../http/http-message.ts";
import { selectsName, splitAtEquals } from "../distribution/name-selection.ts";
import type { CachePolicy } from "../distribution/policies.ts";
import type { RequestRecord, StepRecord } from "../edge-location/request-record.ts";
import type { RequestHead } from "../edge-location/message-head.ts";
import type { Masking } from "./masking.ts";
import type { CacheKeySource, TracedCacheKey } from "./traced-cache-key.ts";

/** A step that has a cache key, within its record. */
export interface CacheKeyContext {
  readonly cacheKey: CacheKey;
  readonly cachePolicy: CachePolicy;
  readonly record: RequestRecord;
  /** The steps before it. */
  readonly earlier: readonly StepRecord[];
}

/** Explains a cache key: each component, where its value came from, and which rule puts it there. */
export function describeCacheKey(context: CacheKeyContext, masking: Masking): TracedCacheKey {
  const { cacheKey, cachePolicy, record, earlier } = context;
  const sent = record.request;
  const decided = afterViewerRequest(sent, earlier);
  const isErrorPage = earlier.some(({ step }) => step === "custom-error-response");
  const components = cacheKey.components.map((component) => ({
    ...component,
    value: shownValue(component, masking),
    source:
      isErrorPage && component.kind === "path"
        ? "custom-error-response"
        : sourceOf(component, sent, decided),
    rule: ruleOf(component, cachePolicy),
  }));
  return {
    text: components.map(textOf).join(" "),
    cachePolicy: cachePolicy.name,
    components,
    leftOut: isErrorPage ? [] : leftOutOf(decided, cachePolicy),
  };
}

function shownValue({ kind, name, value }: CacheKeyComponent, masking: Masking): string {
  if (kind === "header") return masking.value(name, textOfBytes(value));
  return kind === "cookie" && masking.masks("cookie") ? "[masked]" : textOfBytes(value);
}

function textOf({ kind, name, value }: CacheKeyComponent): string {
  switch (kind) {
    case "path":
    case "method":
      return value;
    case "accept-encoding":
      return `accept-encoding:${value}`;
    case "querystring":
      return `?${name}=${value}`;
    case "header":
    case "cookie":
      return `${kind}:${name}=${value}`;
  }
}

/** The request as the viewer-request function left it. */
function afterViewerRequest(sent: RequestHead, earlier: readonly StepRecord[]): RequestHead {
  for (const step of earlier) {
    if (step.step === "viewer-request" && step.after?.kind === "request") return step.after;
  }
  return sent;
}

function sourceOf(
  { kind, name, value }: CacheKeyComponent,
  sent: RequestHead,
  decided: RequestHead,
): CacheKeySource {
  switch (kind) {
    case "path":
      if (value === sent.uri) return "viewer";
      return value === decided.uri ? "viewer-request" : "default-root-object";
    case "method":
    case "accept-encoding":
      return "viewer";
    case "querystring":
      return isSame(sent.querystring, decided.querystring, `${name}=${value}`, "&");
    case "header":
      if (name.startsWith("cloudfront-")) return "cloudfront";
      return valuesOf(sent.headers, name).includes(value) ? "viewer" : "viewer-request";
    case "cookie":
      return isSame(
        valuesOf(sent.headers, "cookie").join(";"),
        valuesOf(decided.headers, "cookie").join(";"),
        `${name}=${value}`,
        ";",
      );
  }
}

function isSame(
  sent: string,
  decided: string,
  pair: string,
  separator: string,
): "viewer" | "viewer-request" {
  if (sent === decided) return "viewer";
  const parts = sent.split(separator).map((part) => part.trim());
  return parts.includes(pair) || parts.includes(pair.replace(/=$/, ""))
    ? "viewer"
    : "viewer-request";
}

function valuesOf(headers: HttpHeaders, name: string): readonly string[] {
  return (headers[name] ?? []).map(({ value }) => value);
}

function ruleOf({ kind }: CacheKeyComponent, cachePolicy: CachePolicy): string {
  const { name } = cachePolicy;
  switch (kind) {
    case "path":
      return "CF-G-01: the path is always part of the key";
    case "method":
      return "CF-G-01: the response to OPTIONS is kept apart from those to GET and HEAD";
    case "accept-encoding":
      return `CF-G-28: the cache policy ${name} keeps compressed objects apart, by the encodings that the viewer accepts`;
    case "querystring":
      return `CF-G-02: the cache policy ${name} ${selects(cachePolicy.queryStrings.behavior)} query strings`;
    case "cookie":
      return `CF-G-02: the cache policy ${name} ${selects(cachePolicy.cookies.behavior)} cookies`;
    case "header":
      return `CF-G-02: the cache policy ${name} names this header`;
  }
}

function selects(behavior: CachePolicy["cookies"]["behavior"]): string {
  switch (behavior) {
    case "all":
      return "takes all";
    case "allExcept":
      return "takes all but some";
    default:
      return "takes some";
  }
}

function leftOutOf(
  { querystring, headers }: RequestHead,
  cachePolicy: CachePolicy,
): TracedCacheKey["leftOut"] {
  const parameters = namesOf(querystring, "&").filter(
    (name) => !selectsName(cachePolicy.queryStrings, name),
  );
  const cookies = namesOf(valuesOf(headers, "cookie").join(";"), ";").filter(
    (name) => !selectsName(cachePolicy.cookies, name),
  );
  return [
    ...parameters.map((name) => ({ kind: "querystring", name }) as const),
    ...cookies.map((name) => ({ kind: "cookie", name }) as const),
  ];
}

/** A cookie without `=` has no name: all of it is its value. */
function namesOf(pairs: string, separator: "&" | ";"): readonly string[] {
  const names = pairs.split(separator).flatMap((pair) => {
    const [name, value] = splitAtEquals(pair.trim());
    return name === "" || (separator === ";" && value === undefined) ? [] : [textOfBytes(name)];
  });
  return [...new Set(names)];
}
