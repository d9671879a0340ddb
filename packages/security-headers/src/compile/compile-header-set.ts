import { isObject, isTextList } from "option-checks";
import type { EventHeader } from "cf-types";
import type {
  CompiledHeaderSet,
  HeaderLines,
  ResponseEventType,
} from "../edge/compiled-security-headers.ts";
import { parseContentSecurityPolicy } from "../csp/content-security-policy.ts";
import { headerLine, refuseForbiddenHeader, refuseUnsendable } from "../headers/header-line.ts";
import { headerValue } from "../headers/header-value.ts";
import { type HeaderOption, headerOptions, namedHeaders } from "../headers/named-headers.ts";
import type { SecurityHeadersOptions } from "../options.ts";
import { type PermissionsPolicyOptions, permissionsPolicy } from "../headers/permissions-policy.ts";
import { policiesOf } from "../csp/policies.ts";
import { type Preset, presets } from "./presets.ts";
import { checks, invalidName } from "../security-headers-options-error.ts";

const originalOptions = headerOptions.slice(0, 7);

/**
 * Returns one set of headers, ready to be merged into a response.
 *
 * @throws {SecurityHeadersOptionsError} as `compileSecurityHeaders`.
 */
export function compileHeaderSet(
  options: SecurityHeadersOptions,
  eventType: ResponseEventType,
): CompiledHeaderSet {
  const preset = presets[options.preset ?? "original"];
  const named = namedLines(options, preset, eventType);
  const lines = new Map([...named, ...furtherLines(options, named, eventType)]);
  const documentOnly =
    options.documentOnly === undefined
      ? lowerCase(preset.documentOnly)
      : headerNames("documentOnly", options.documentOnly || [], lines);
  const keep = headerNames("keepIfPresent", options.keepIfPresent ?? [], lines);
  const remove = removedNames(options, preset, lines, eventType);
  const documentHeaders = pick(lines, (name) => documentOnly.includes(name));
  return {
    headers: pick(lines, (name) => !documentOnly.includes(name)),
    ...(Object.keys(documentHeaders).length > 0 && { documentHeaders }),
    ...(keep.length > 0 && { keepIfPresent: keep }),
    ...(remove.length > 0 && { removeHeaders: remove }),
  };
}

type Lines = ReadonlyMap<string, EventHeader>;

function namedLines(
  options: SecurityHeadersOptions,
  preset: Preset,
  eventType: ResponseEventType,
): Lines {
  for (const option of headerOptions) {
    const given: unknown = options[option];
    if (typeof given === "string") refuseUnsendable(option, given);
  }
  const lines = new Map<string, EventHeader>();
  const { enforced, reportOnly } = policiesOf(options, preset);
  for (const option of headerOptions) {
    const value =
      option === "contentSecurityPolicy"
        ? enforced
        : option === "contentSecurityPolicyReportOnly"
          ? reportOnly
          : givenValue(option, options, preset);
    if (value === false || value === undefined) continue;
    const key = namedHeaders[option];
    lines.set(key.toLowerCase(), headerLine(option, key, value, eventType));
  }
  return lines;
}

function givenValue(
  option: Exclude<HeaderOption, "contentSecurityPolicy" | "contentSecurityPolicyReportOnly">,
  options: SecurityHeadersOptions,
  preset: Preset,
): unknown {
  const { [option]: given } = options;
  const { [option]: presetText } = preset.headers;
  if (given === undefined) return presetText;
  if (given === false) return false;
  if (option === "permissionsPolicy" && typeof given === "object" && presetText !== undefined) {
    return layPermissionsOver(presetText, permissionsPolicy(given as PermissionsPolicyOptions));
  }
  return headerValue(option, given);
}

function layPermissionsOver(presetText: string, ownText: string): string {
  const members = (text: string) =>
    text.split(", ").map((member) => [member.slice(0, member.indexOf("=")), member] as const);
  return [...new Map([...members(presetText), ...members(ownText)]).values()].join(", ");
}

function furtherLines(
  options: SecurityHeadersOptions,
  named: Lines,
  eventType: ResponseEventType,
): Lines {
  const { headers = {} } = options as { readonly headers?: unknown };
  if (!isObject(headers)) {
    const remedy = 'Give names and values, as in {"X-Robots-Tag": "noindex"}.';
    throw checks.invalidType("headers", "is not an object", headers, remedy);
  }
  const lines = new Map<string, EventHeader>();
  for (const [key, value] of Object.entries(headers)) {
    const subject = `headers[${JSON.stringify(key)}]`;
    const name = key.toLowerCase();
    const option = headerOptions.find((each) => namedHeaders[each].toLowerCase() === name);
    if (option !== undefined && (originalOptions.includes(option) || isGiven(options, option))) {
      throw invalidName(
        `${subject} has an option of its own: got ${JSON.stringify(value)}. Set ${option} instead.`,
      );
    }
    if (lines.has(name)) {
      throw invalidName(
        `${subject} is given twice: got ${JSON.stringify(value)}. Header names are not case-sensitive: keep one.`,
      );
    }
    const line = headerLine(subject, key, value, eventType);
    if (option !== undefined) refuseMistakenText(option, line.value);
    lines.set(name, line);
  }
  return lines;
}

/** A header that has an option of its own is held to that option's rules. */
function refuseMistakenText(option: HeaderOption, text: string): void {
  if (option === "contentSecurityPolicy" || option === "contentSecurityPolicyReportOnly") {
    parseContentSecurityPolicy(text, option);
  } else headerValue(option, text);
}

function isGiven(options: SecurityHeadersOptions, option: HeaderOption): boolean {
  return options[option] !== undefined && options[option] !== false;
}

function removedNames(
  { removeHeaders }: SecurityHeadersOptions,
  preset: Preset,
  lines: Lines,
  eventType: ResponseEventType,
): readonly string[] {
  if (removeHeaders === undefined) {
    return lowerCase(preset.removeHeaders).filter((name) => !lines.has(name));
  }
  const names = nameList("removeHeaders", removeHeaders || []);
  for (const [index, name] of names.entries()) {
    // A token: RFC 9110, 5.6.2. What servers send is not always a name that one would choose.
    if (!/^[\w!#$%&'*+.^`|~-]+$/.test(name)) {
      throw invalidName(
        `removeHeaders[${index}] is not the name of a header: got ${JSON.stringify(name)}. Write it as in "X-Powered-By".`,
      );
    }
    refuseForbiddenHeader(name, `removeHeaders[${index}]`, eventType);
  }
  return names.filter((name) => !lines.has(name));
}

function headerNames(option: string, given: unknown, lines: Lines): readonly string[] {
  const names = nameList(option, given);
  for (const [index, name] of names.entries()) {
    if (lines.has(name)) continue;
    const allowed = `Allowed: ${[...lines.values()].map(({ key }) => key).join(", ")}.`;
    throw checks.invalidValue(`${option}[${index}]`, "is not a header that is set", name, allowed);
  }
  return names;
}

function nameList(option: string, given: unknown): readonly string[] {
  if (!isTextList(given)) {
    const remedy = 'Give texts, as in ["Server"].';
    throw checks.invalidType(option, "is not a list of header names", given, remedy);
  }
  return [...new Set(lowerCase(given))];
}

function lowerCase(names: readonly string[]): readonly string[] {
  return names.map((name) => name.toLowerCase());
}

/** Frozen, for they go into every response: none can change the next one. */
function pick(lines: Lines, isWanted: (name: string) => boolean): HeaderLines {
  return Object.fromEntries(
    [...lines]
      .filter(([name]) => isWanted(name))
      .map(([name, line]) => [name, Object.freeze([Object.freeze(line)])]),
  );
}
