import { isDisallowedHeader, pathPatternSource } from "cf-rules";
import { isObject } from "option-checks";
import type { CompiledOriginSelect, CompiledSplit } from "../edge/compiled-origin-select.ts";
import { checks } from "../origin-select-options-error.ts";
import { compileOrigin } from "./compile-origin.ts";
import { compileRule } from "./compile-rule.ts";
import type {
  OriginSelectOptions,
  OriginSplit,
  SelectableOrigin,
} from "./origin-select-options.ts";

/**
 * Returns the options in the form that the handlers take.
 *
 * @throws {OriginSelectOptionsError} when an option is unknown, of the wrong type or not valid, when an origin is not
 *   described as CloudFront takes one, or when a name is that of no origin.
 */
export function compileOriginSelect(options: OriginSelectOptions = {}): CompiledOriginSelect {
  checks.refuseUnknownKeys("", options, ["origins", "hosts", "rules", "split", "header"]);
  const { rules = [], header = "x-origin" } = options;
  const origins = objectOf("origins", options.origins ?? {}) as Readonly<
    Record<string, SelectableOrigin>
  >;
  for (const name of Object.keys(origins)) refuseInvalidName(name);
  const refuseUnknownOrigin = (subject: string, name: unknown): void => {
    if (Object.hasOwn(origins, String(name))) return;
    const known = Object.keys(origins).map((each) => JSON.stringify(each));
    const remedy = known.length === 0 ? "Describe it in origins." : `Allowed: ${known.join(", ")}.`;
    throw checks.mistake("UNKNOWN_ORIGIN", subject, "is the name of no origin", name, remedy);
  };
  if (!Array.isArray(rules)) {
    const remedy = 'Give objects, as in [{ "pathPattern": "/api/*", "origin": "api" }].';
    throw checks.invalidType("rules", "is not a list", rules, remedy);
  }
  refuseInvalidHeader(header);
  return {
    origins: Object.fromEntries(
      Object.entries(origins).map(([name, origin]) => [
        name,
        compileOrigin(`origins.${name}`, origin, origins),
      ]),
    ),
    originOfHost: compileHosts(options.hosts ?? {}, refuseUnknownOrigin),
    rules: rules.flatMap((rule, index) =>
      compileRule(`rules[${index}]`, rule, refuseUnknownOrigin),
    ),
    split: options.split === undefined ? null : compileSplit(options.split, refuseUnknownOrigin),
    header: header.toLowerCase(),
  };
}

function objectOf(subject: string, value: unknown): Readonly<Record<string, unknown>> {
  if (isObject(value)) return value;
  throw checks.invalidType(subject, "is not an object", value, "Give origins by name.");
}

function refuseInvalidName(name: string): void {
  if (/^[A-Za-z][\w-]{0,63}$/.test(name) && name !== "default") return;
  const remedy =
    'Begin with a letter, then letters, digits, _ and -; "default" is the cache behavior\'s own.';
  throw checks.invalidValue("A name in origins", "is not valid", name, remedy);
}

function refuseInvalidHeader(header: unknown): void {
  const isName = typeof header === "string" && /^x-[a-z\d-]+$/i.test(header);
  if (isName && !isDisallowedHeader(header.toLowerCase())) return;
  const remedy = 'Give a name that begins with x- and is none of AWS\'s own, as in "x-origin".';
  throw checks.invalidValue("header", "is not a header that a function may set", header, remedy);
}

function compileHosts(
  hosts: unknown,
  refuseUnknownOrigin: (subject: string, name: unknown) => void,
): Readonly<Record<string, string>> {
  const entries = Object.entries(objectOf("hosts", hosts)).map(([host, origin]) => {
    if (!/^(?=.{1,253}$)[a-z\d-]+(?:\.[a-z\d-]+)*$/i.test(host)) {
      const remedy =
        'Give host names without scheme, port and *, as in "shop.example.com"; a rule takes one with *.';
      throw checks.invalidValue("A name in hosts", "is not a host name", host, remedy);
    }
    refuseUnknownOrigin(`hosts[${JSON.stringify(host)}]`, origin);
    return [host.toLowerCase(), String(origin)] as const;
  });
  return Object.fromEntries(entries);
}

function compileSplit(
  split: OriginSplit,
  refuseUnknownOrigin: (subject: string, name: unknown) => void,
): CompiledSplit {
  checks.refuseUnknownKeys("split", split, ["percent", "pathPattern", "cookie", "maxAgeSeconds"]);
  const { percent, pathPattern = "*", cookie = "origin", maxAgeSeconds = 604_800 } = split;
  checks.refuseInvalidPathPattern("split.pathPattern", pathPattern);
  if (typeof cookie !== "string" || !/^[\w!#$%&'*+.^`|~-]+$/.test(cookie)) {
    const remedy = 'Give a name, as in "origin".';
    throw checks.invalidValue("split.cookie", "is not the name of a cookie", cookie, remedy);
  }
  if (!Number.isSafeInteger(maxAgeSeconds) || maxAgeSeconds < 1) {
    const remedy = "Allowed: a whole number of seconds above 0.";
    throw checks.invalidValue("split.maxAgeSeconds", "is not a lifetime", maxAgeSeconds, remedy);
  }
  let upTo = 0;
  const parts = Object.entries(objectOf("split.percent", percent)).map(([name, share]) => {
    refuseUnknownOrigin("A name in split.percent", name);
    if (typeof share !== "number" || !(share > 0)) {
      const remedy = "Allowed: more than 0, up to 100 with the others.";
      throw checks.invalidValue(`split.percent.${name}`, "is not a percentage", share, remedy);
    }
    upTo += Math.round(share * 100);
    return [upTo, name] as const;
  });
  if (parts.length > 0 && upTo <= 10_000) {
    const attributes = `Path=/; Max-Age=${maxAgeSeconds}; Secure; HttpOnly; SameSite=Lax`;
    return { parts, cookie, path: pathPatternSource(pathPattern), attributes };
  }
  const remedy = 'Give some percent, 100 at most with the others, as in { "canary": 5 }.';
  throw checks.invalidValue("split.percent", "does not divide viewers", percent, remedy);
}
