import { normalisePath, normaliseText } from "edge-handler";
import { invalid } from "./refuse-invalid-option.ts";

/** A path pattern, read. All texts are normalised. */
export interface PathPattern {
  readonly segments: readonly PatternSegment[];
  /** What the segment that `*` stands in begins with; empty where `*` is all of it. */
  readonly splatPrefix: string | undefined;
  /** Whether the pattern was written with "/" at its end. */
  readonly endsWithSlash: boolean;
}

/** A segment as it is, or one that is captured between two texts. */
export type PatternSegment =
  | { readonly literal: string }
  | { readonly name: string; readonly before: string; readonly after: string };

const placeholder = /:([A-Za-z_]\w*)/g;
const notInPath = /[?#\\\p{Cc}]|%(?![\dA-Fa-f]{2})/u;

/** Returns whether text has a placeholder or a splat. */
export function isPattern(from: string): boolean {
  return from.search(placeholder) >= 0 || from.includes("*");
}

/**
 * Returns the pattern of a rule.
 *
 * @param match `exact` takes `from` as it is, `prefix` adds a splat.
 * @throws {SecretRedirectOptionsError} `INVALID_PATH`.
 */
export function readPathPattern(
  subject: string,
  from: string,
  match: "exact" | "prefix" | "pattern",
): PathPattern {
  refuseNoPath(subject, from);
  const endsWithSlash = from.endsWith("/");
  if (match === "exact") {
    const segments = normalisePath(from).split("/").filter(Boolean);
    return {
      segments: segments.map((literal) => ({ literal })),
      splatPrefix: undefined,
      endsWithSlash,
    };
  }
  const texts = from.slice(1).split("/");
  if (endsWithSlash) texts.pop();
  const last = texts.at(-1);
  const hasSplat = match === "pattern" && last?.endsWith("*");
  if (hasSplat) texts.pop();
  const names = new Set<string>();
  const segments = texts.map((text) => readSegment(subject, from, text, names));
  const inSplat = hasSplat ? last?.slice(0, -1) : undefined;
  if (inSplat !== undefined) refuseSplat(subject, from, inSplat);
  if (names.has("splat")) {
    throw invalidPattern(
      subject,
      from,
      "A placeholder cannot be named :splat, which is what * captures.",
    );
  }
  return {
    segments,
    splatPrefix: match === "prefix" ? "" : inSplat && normaliseText(inSplat),
    endsWithSlash,
  };
}

function refuseNoPath(subject: string, from: string): void {
  if (from.startsWith("/") && !notInPath.test(from)) return;
  throw invalid(
    "INVALID_PATH",
    subject,
    "is not the path of a request",
    from,
    'It starts with "/", has no query string and no fragment, and its "%" begin two hexadecimal digits. Host and query string are conditions.',
  );
}

function readSegment(
  subject: string,
  from: string,
  text: string,
  names: Set<string>,
): PatternSegment {
  const found = [...text.matchAll(placeholder)];
  const [first] = found;
  if (text.includes("*")) {
    throw invalidPattern(
      subject,
      from,
      "* stands for the rest of the path: it can only be the last character.",
    );
  }
  if (found.length > 1) {
    throw invalidPattern(
      subject,
      from,
      "A segment can have one placeholder: where two meet, a path could be read in many ways.",
    );
  }
  const literal = normaliseText(text);
  if (literal === "" || literal === "." || literal === "..") {
    throw invalidPattern(
      subject,
      from,
      'No request matches an empty segment, "." or "..": paths are matched without them.',
    );
  }
  const name = first?.[1];
  if (first === undefined || name === undefined) return { literal };
  if (names.has(name))
    throw invalidPattern(subject, from, `:${name} stands twice: give each its own name.`);
  names.add(name);
  return {
    name,
    before: normaliseText(text.slice(0, first.index)),
    after: normaliseText(text.slice(first.index + first[0].length)),
  };
}

function refuseSplat(subject: string, from: string, before: string): void {
  if (before.search(placeholder) >= 0) {
    throw invalidPattern(subject, from, "A placeholder and * cannot share a segment.");
  }
  if (before.includes("*")) {
    throw invalidPattern(subject, from, "* stands for the rest of the path: it can stand once.");
  }
}

function invalidPattern(subject: string, from: string, remedy: string): Error {
  return invalid("INVALID_PATH", subject, "is not a pattern", from, remedy);
}
