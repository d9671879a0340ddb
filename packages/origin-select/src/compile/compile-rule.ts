import { pathPatternSource } from "cf-rules";
import { isObject, isTextList } from "option-checks";
import type { CompiledCondition, CompiledOriginRule } from "../edge/compiled-origin-select.ts";
import { checks } from "../origin-select-options-error.ts";
import type { OriginRule } from "./origin-select-options.ts";

/** RFC 9110, 5.6.2: a token, which header and cookie names are. */
const token = /^[\w!#$%&'*+.^`|~-]+$/;

/**
 * Returns a rule for each of its hosts, or one where it names none.
 *
 * @param subject As in `rules[0]`.
 * @param refuseUnknownOrigin Refuses the name of no origin.
 * @throws {OriginSelectOptionsError}
 */
export function compileRule(
  subject: string,
  rule: OriginRule,
  refuseUnknownOrigin: (subject: string, name: unknown) => void,
): readonly CompiledOriginRule[] {
  checks.refuseUnknownKeys(subject, rule, [
    "hosts",
    "pathPattern",
    "headers",
    "cookies",
    "countries",
    "regions",
    "origin",
    "prefix",
  ]);
  const { hosts, pathPattern, headers, cookies, countries, regions, origin, prefix } = rule;
  if (origin === undefined && prefix === undefined) {
    const remedy = "Give origin, prefix, or both.";
    throw checks.invalidValue(subject, "leads nowhere", rule, remedy);
  }
  if (origin !== undefined) refuseUnknownOrigin(`${subject}.origin`, origin);
  if (hosts !== undefined) refuseInvalidHosts(`${subject}.hosts`, hosts);
  if (pathPattern !== undefined)
    checks.refuseInvalidPathPattern(`${subject}.pathPattern`, pathPattern);
  if (prefix !== undefined) refuseInvalidPrefix(`${subject}.prefix`, prefix, hosts ?? []);
  const when: readonly CompiledCondition[] = [
    ...valuesByName(`${subject}.headers`, "header", headers),
    ...valuesByName(`${subject}.cookies`, "cookie", cookies),
    ...(countries === undefined ? [] : [countryCondition(`${subject}.countries`, countries)]),
  ];
  const compiled: CompiledOriginRule = {
    name: subject,
    ...(pathPattern !== undefined && { path: pathPatternSource(pathPattern) }),
    ...(when.length > 0 && { when }),
    ...(regions !== undefined && { regions: regionSource(`${subject}.regions`, regions) }),
    ...(origin !== undefined && { origin }),
    ...(prefix !== undefined && { prefix }),
  };
  return hosts === undefined
    ? [compiled]
    : hosts.map((host) => ({ ...compiled, host: hostSource(host) }));
}

/** A `*` is one label, or a part of one: it never reaches into another name. */
function hostSource(host: string): string {
  return `^${host
    .toLowerCase()
    .replaceAll(".", String.raw`\.`)
    .replaceAll("*", "([a-z0-9-]+)")}$`;
}

function refuseInvalidHosts(subject: string, hosts: unknown): void {
  const isHost = (each: string): boolean =>
    /^(?=.{1,253}$)[a-z\d*-]+(?:\.[a-z\d*-]+)*$/i.test(each);
  const hasOnce = (each: string): boolean => !/\*[^.]*\*/.test(each);
  if (
    isTextList(hosts) &&
    hosts.length > 0 &&
    hosts.every((each) => isHost(each) && hasOnce(each))
  ) {
    return;
  }
  const remedy =
    'Give host names without scheme and port, with one * in a label at most, as in ["pr-*.preview.example.com"].';
  throw checks.invalidValue(subject, "is not a list of host names", hosts, remedy);
}

function refuseInvalidPrefix(subject: string, prefix: unknown, hosts: readonly string[]): void {
  const isPath =
    typeof prefix === "string" &&
    /^(?:\/(?:[\w.~-]|\{[1-9]\})+)+$/.test(prefix) &&
    !/\/\.{1,2}(?:\/|$)/.test(prefix);
  if (!isPath) {
    const remedy = 'Begin with "/" and do not end with it, as in "/previews/pr-{1}".';
    throw checks.invalidValue(subject, "is not the beginning of a path", prefix, remedy);
  }
  const captures = hosts.map((host) => host.split("*").length - 1);
  const most = hosts.length === 0 ? 0 : Math.min(...captures);
  const named = [...prefix.matchAll(/\{(\d)\}/g)].map(([, index]) => Number(index));
  if (named.every((index) => index <= most)) return;
  const remedy = `The hosts have ${most} * each: write as many.`;
  throw checks.invalidValue(subject, "names what no * of the hosts stands for", prefix, remedy);
}

function valuesByName(
  subject: string,
  kind: "header" | "cookie",
  given: unknown,
): readonly CompiledCondition[] {
  if (given === undefined) return [];
  if (!isObject(given)) {
    const remedy = 'Give values by name, as in {"beta": ["1", "on"]}.';
    throw checks.invalidType(subject, "is not an object", given, remedy);
  }
  return Object.entries(given).map(([name, value]) => {
    const values = typeof value === "string" ? [value] : value;
    if (!token.test(name) || !isTextList(values) || values.length === 0) {
      const remedy = `Give the name of a ${kind} and one text or several, as in {"beta": ["1", "on"]}.`;
      throw checks.invalidValue(
        `${subject}[${JSON.stringify(name)}]`,
        "is not valid",
        value,
        remedy,
      );
    }
    return { in: kind, name: kind === "header" ? name.toLowerCase() : name, oneOf: values };
  });
}

function countryCondition(subject: string, countries: unknown): CompiledCondition {
  const isCountry = (each: string): boolean => /^[A-Za-z]{2}$/.test(each);
  if (!isTextList(countries) || countries.length === 0 || !countries.every(isCountry)) {
    const remedy = 'Give two letters each (ISO 3166-1), as in ["DE", "AT"].';
    throw checks.invalidValue(subject, "is not a list of countries", countries, remedy);
  }
  const oneOf = countries.map((each) => each.toUpperCase());
  return { in: "header", name: "cloudfront-viewer-country", oneOf };
}

function regionSource(subject: string, regions: unknown): string {
  const isRegion = (each: string): boolean => /^[a-z\d-]+\*?$/.test(each);
  if (!isTextList(regions) || regions.length === 0 || !regions.every(isRegion)) {
    const remedy =
      'Give codes of Regions, with * at the end at most, as in ["eu-central-1", "ap-*"].';
    throw checks.invalidValue(subject, "is not a list of Regions", regions, remedy);
  }
  return `^(?:${regions.map((each) => each.replace("*", ".*")).join("|")})$`;
}
