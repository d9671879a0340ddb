import { textOfBytes } from "../http/byte-string.ts";
import type { HttpHeaders } from "../http/http-message.ts";
import { maskHeaderValue, secretsIn } from "./mask-header-value.ts";
import { maskMessageBody } from "./mask-message-body.ts";
import type { TracedHeaders } from "./trace.ts";

/** Headers that carry what identifies a viewer or opens a door. */
export const defaultMaskedHeaders: readonly string[] = [
  "authorization",
  "cookie",
  "proxy-authorization",
  "set-cookie",
  "x-amz-security-token",
  "x-api-key",
];

/** Hides the values of some headers from those who read traces; nobody else is affected. */
export interface Masking {
  masks(headerName: string): boolean;
  value(headerName: string, value: string): string;
  headers(headers: HttpHeaders): TracedHeaders;
  /** The secrets in the values of masked headers, so that they can be masked elsewhere. */
  secrets(headers: HttpHeaders): readonly string[];
  /** Parses an event or a result; whatever its shape, no value of a masked header is left in it. */
  json(text: string): unknown;
}

/** @param headerNames in any case */
export function createMasking(headerNames: readonly string[]): Masking {
  const names = new Set(headerNames.map((name) => name.toLowerCase()));
  const masks = (name: string): boolean => names.has(name.toLowerCase());
  const value = (name: string, text: string): string =>
    masks(name) ? maskHeaderValue(name.toLowerCase(), text) : text;
  return {
    masks,
    value,
    headers: (headers) =>
      Object.fromEntries(
        Object.entries(headers).map(([name, lines]) => [
          name,
          lines.map((line) => ({ key: line.key, value: value(name, textOfBytes(line.value)) })),
        ]),
      ),
    secrets: (headers) =>
      Object.entries(headers).flatMap(([name, lines]) =>
        masks(name) ? lines.flatMap((line) => secretsIn(name, textOfBytes(line.value))) : [],
      ),
    json: (text) => {
      if (isTooDeep(text)) return `[nested deeper than ${maxLevels} levels]`;
      if (!isJson(text)) return "[no JSON]";
      return JSON.parse(text, (name, member: unknown) => {
        const parsed = maskMessageBody(member, { masks });
        // Events of CloudFront Functions have cookies by name, beside the headers (FN-I-08).
        if (name === "cookies" && (masks("cookie") || masks("set-cookie"))) {
          return maskWithin("", parsed, maskHeaderValue);
        }
        const entry = isHeaderLine(parsed) ? maskWithin(parsed.key, parsed, value) : parsed;
        return masks(name) ? maskWithin(name, entry, value) : entry;
      });
    },
  };
}

/** A Python function may return numbers that JSON does not have. */
function isJson(text: string): boolean {
  if (!text.includes("NaN") && !text.includes("Infinity")) return true;
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

/** What reads a trace, `JSON.stringify` too, goes down level by level. */
const maxLevels = 200;

/** Counts brackets, those in texts too: only what is made to be deep has so many. */
function isTooDeep(json: string): boolean {
  let level = 0;
  for (const [bracket] of json.matchAll(/[[\]{}]/g)) {
    level += bracket === "[" || bracket === "{" ? 1 : -1;
    if (level > maxLevels) return true;
  }
  return false;
}

function isHeaderLine(parsed: unknown): parsed is { readonly key: string } {
  return (
    typeof parsed === "object" &&
    parsed !== null &&
    "key" in parsed &&
    typeof parsed.key === "string" &&
    "value" in parsed
  );
}

/** A function may return headers of any shape: every text is masked but the name of a line. */
function maskWithin(headerName: string, parsed: unknown, mask: Masking["value"]): unknown {
  if (typeof parsed === "string") return mask(headerName, parsed);
  if (Array.isArray(parsed)) return parsed.map((item) => maskWithin(headerName, item, mask));
  if (typeof parsed !== "object" || parsed === null) return parsed;
  return Object.fromEntries(
    Object.entries(parsed).map(([name, item]) => [
      name,
      name === "key" ? item : maskWithin(headerName, item, mask),
    ]),
  );
}
