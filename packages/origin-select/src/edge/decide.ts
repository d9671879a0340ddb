import { normalisePath, pairValue, type RequestReader } from "edge-handler";
import type { CompiledCondition } from "./compiled-origin-select.ts";
import type { ReadyOriginRule, ReadyOriginSelect, ReadySplit } from "./ready-origin-select.ts";

/** Where a request goes. */
export interface OriginDecision {
  /** `header`, `hosts`, `rules[0]`, `split`, or `none` where it stays with its cache behavior's origin. */
  readonly rule: string;
  /** The name of an origin; `""` for that of the cache behavior. */
  readonly origin: string;
  readonly uri: string;
}

/** The part of a request that both engines have in the same place. */
export interface OriginSelectRequest {
  readonly method: string;
  readonly uri: string;
}

/** What a decision asks of an engine, beside the request. */
export interface DecisionEngine<Request> {
  readonly reader: RequestReader<Request>;
  /** The Region where the function runs; empty where that is not known. */
  region(): string;
  /** The viewer's address; empty at origin-request, where viewers are no longer divided. */
  address(request: Request): string;
}

/** What the header and the cookie name where a request stays with its cache behavior's origin. */
export const byDefault = "default";

/** Returns where a request of either engine goes. */
export function decide<Request extends OriginSelectRequest>(
  ready: ReadyOriginSelect,
  request: Request,
  engine: DecisionEngine<Request>,
): OriginDecision {
  const found = select(ready, request, engine);
  const target = ready.origins[found.origin];
  const index = target && target.indexDocument;
  return index ? Object.assign({}, found, { uri: withIndex(found.uri, index) }) : found;
}

function select<Request extends OriginSelectRequest>(
  ready: ReadyOriginSelect,
  request: Request,
  engine: DecisionEngine<Request>,
): OriginDecision {
  const uri = request.uri;
  const reader = engine.reader;
  const address = engine.address(request);
  // At viewer-request the header is anybody's.
  const named = address ? undefined : reader.header(request, ready.header);
  if (named === byDefault) return { rule: "header", origin: "", uri };
  const known = named && ready.origins[named];
  // What every object has is no origin.
  if (named && known && known.indexDocument !== undefined) {
    return { rule: "header", origin: named, uri };
  }
  const host = hostOf(request, reader);
  const origin = ready.originOfHost[host];
  if (typeof origin === "string") return { rule: "hosts", origin, uri };
  const rule = ready.rules.find((each) => meets(each, request, engine, host));
  if (rule) {
    return {
      rule: rule.name,
      origin: rule.origin || "",
      uri: rule.prefix
        ? withPrefix(uri, filled(rule.prefix, rule.host && rule.host.exec(host)))
        : uri,
    };
  }
  const split = ready.split;
  if (!split || !address || !split.path.test(uri)) return { rule: "none", origin: "", uri };
  return { rule: "split", origin: partOf(split, request, engine), uri };
}

/** Returns the host that a viewer asks, lower case and without port; empty where there is none. */
export function hostOf<Request>(request: Request, reader: RequestReader<Request>): string {
  return (reader.header(request, "host") || "").toLowerCase().replace(/:\d*$/, "");
}

function meets<Request extends OriginSelectRequest>(
  rule: ReadyOriginRule,
  request: Request,
  engine: DecisionEngine<Request>,
  host: string,
): boolean {
  if (rule.host && !rule.host.test(host)) return false;
  if (rule.path && !rule.path.test(request.uri)) return false;
  if (rule.regions && !rule.regions.test(engine.region())) return false;
  return !rule.when || rule.when.every((condition) => holds(condition, request, engine.reader));
}

function holds<Request>(
  condition: CompiledCondition,
  request: Request,
  reader: RequestReader<Request>,
): boolean {
  const text = reader.header(request, condition.in === "cookie" ? "cookie" : condition.name);
  const value =
    condition.in === "cookie" && text !== undefined ? pairValue(text, ";", condition.name) : text;
  return value !== undefined && condition.oneOf.includes(value);
}

function filled(prefix: string, captures: readonly string[] | null): string {
  return prefix.replace(/\{(\d)\}/g, (_: string, index: string) =>
    captures ? (captures[Number(index)] as string) : "",
  );
}

/** In its one spelling: no dot segment leads out of the prefix. What has it already keeps it. */
function withPrefix(uri: string, prefix: string): string {
  const path = normalisePath(uri);
  return path.startsWith(`${prefix}/`) ? path : prefix + path;
}

function withIndex(uri: string, index: string): string {
  if (uri.endsWith("/")) return uri + index;
  return /\.[^/]*$/.test(uri) ? uri : `${uri}/${index}`;
}

/** Returns the origin that a viewer keeps, or gets: always the same for an address and a browser. */
export function partOf<Request>(
  split: ReadySplit,
  request: Request,
  engine: DecisionEngine<Request>,
): string {
  const kept = keptPart(split, request, engine.reader);
  if (kept !== undefined) return kept;
  const browser = engine.reader.header(request, "user-agent") || "";
  const share = hashOf(`${engine.address(request)} ${browser}`) % 10_000;
  const part = split.parts.find((each) => share < each[0]);
  return part ? part[1] : "";
}

/** Returns what the cookie says: `default` stands for the origin of the cache behavior. */
export function keptPart<Request>(
  split: ReadySplit,
  request: Request,
  reader: RequestReader<Request>,
): string | undefined {
  const cookies = reader.header(request, "cookie");
  const kept = cookies && pairValue(cookies, ";", split.cookie);
  if (kept === byDefault) return "";
  return split.parts.some((each) => each[1] === kept) ? kept : undefined;
}

/** FNV-1a with the last step of MurmurHash3: similar addresses get numbers that are not. */
function hashOf(text: string): number {
  let hash = 0x811c9dc5;
  text.split("").forEach((character) => {
    hash = Math.imul(hash ^ (character.codePointAt(0) as number), 0x01000193);
  });
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}
