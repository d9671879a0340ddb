import { pathPatternSource } from "cf-rules";
import { extensionsOf } from "cf-site-files";
import { isTextList } from "option-checks";
import { checks } from "../cache-headers-options-error.ts";
import type { CompiledCacheRule, CompiledLifetime } from "../edge/compiled-cache-headers.ts";
import type { CacheRule } from "./cache-headers-options.ts";
import { lifetimeNames, readLifetime } from "./cache-control.ts";

/** A rule, and what the check at synth has to know of it. */
export interface CompiledRule {
  readonly rule: CompiledCacheRule;
  readonly lifetime: CompiledLifetime;
}

/** Responses that stand for what was asked for. */
const successes = String.raw`^(?:2\d\d|304)$`;

/**
 * Returns a rule as the handler reads it, and what synth has to know of it.
 *
 * @param name The option, as in `rules[0]`.
 * @throws {CacheHeadersOptionsError}
 */
export function compileRule(name: string, given: CacheRule): CompiledRule {
  checks.refuseUnknownKeys(name, given, [
    "pathPattern",
    "contentTypes",
    "statuses",
    "hashedNames",
    "overridePrivate",
    ...lifetimeNames,
  ]);
  const {
    pathPattern,
    contentTypes,
    statuses,
    hashedNames = false,
    overridePrivate = false,
  } = given;
  if (pathPattern !== undefined)
    checks.refuseInvalidPathPattern(`${name}.pathPattern`, pathPattern);
  checks.refuseNoBoolean(`${name}.hashedNames`, hashedNames);
  checks.refuseNoBoolean(`${name}.overridePrivate`, overridePrivate);
  const status = statuses === undefined ? successes : statusSource(`${name}.statuses`, statuses);
  const { cacheControl, ...lifetime } = readLifetime(name, given);
  const { cacheability = "public" } = given;
  const guards = cacheability === "public" ? "private" : "no-store";
  return {
    rule: {
      name,
      status,
      ...(pathPattern !== undefined && { path: pathPatternSource(pathPattern) }),
      ...(contentTypes !== undefined && typeSources(`${name}.contentTypes`, contentTypes)),
      ...(hashedNames && { hashedNames }),
      cacheControl,
      ...(!overridePrivate && cacheability !== "no-store" && { guards }),
    },
    lifetime: {
      rule: name,
      ...(pathPattern !== undefined && { examplePath: examplePath(pathPattern) }),
      ...lifetime,
      ...(statuses !== undefined && { errorStatuses: errorsAmong(status) }),
    },
  };
}

function examplePath(pathPattern: string): string {
  return pathPattern.replace(/^\*/, "/*").replaceAll(/[*?]/g, "x");
}

function statusSource(subject: string, statuses: unknown): string {
  const isStatus = (each: unknown): boolean => /^(?:[2-5]xx|[2-5]\d\d)$/.test(String(each));
  if (!Array.isArray(statuses) || statuses.length === 0 || !statuses.every(isStatus)) {
    const remedy = 'Give status codes from 200 to 599 and classes, as in [404, "5xx"].';
    throw checks.invalidValue(subject, "is not a list of statuses", statuses, remedy);
  }
  const sources = statuses.map((each) => String(each).replace("xx", String.raw`\d\d`));
  return `^(?:${sources.join("|")})$`;
}

function errorsAmong(status: string): readonly number[] {
  const isNamed = new RegExp(status);
  return Array.from({ length: 200 }, (_, index) => 400 + index).filter((each) =>
    isNamed.test(String(each)),
  );
}

function typeSources(
  subject: string,
  contentTypes: unknown,
): Required<Pick<CompiledCacheRule, "type" | "typePath">> {
  const isType = (each: string): boolean => /^[\w.+-]+\/(?:\*|[\w.+-]+)$/.test(each);
  if (!isTextList(contentTypes) || contentTypes.length === 0 || !contentTypes.every(isType)) {
    const remedy = 'Give types without parameters, as in ["text/html", "image/*"].';
    throw checks.invalidValue(subject, "is not a list of content types", contentTypes, remedy);
  }
  const types = contentTypes.map((each) => each.toLowerCase());
  const sources = types.map((type) =>
    type.replaceAll(/[.+]/g, String.raw`\$&`).replace("*", "[^;]*"),
  );
  const extensions = types.flatMap(extensionsOf).map((each) => each.replaceAll("+", "\\+"));
  // A page's path need not name a file.
  const pages = types.some((type) => type === "text/html" || type === "text/*");
  const paths = [
    ...(extensions.length > 0 ? [String.raw`\.(?:${extensions.join("|")})`] : []),
    ...(pages ? [String.raw`\/[^.\/]*`] : []),
  ];
  return {
    type: String.raw`^\s*(?:${sources.join("|")})\s*(?:;|$)`,
    typePath: paths.length > 0 ? `(?:${paths.join("|")})$` : "(?!)",
  };
}
