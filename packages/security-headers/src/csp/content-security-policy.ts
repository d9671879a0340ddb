import { directiveKind, directiveNames, formerDirectives } from "./directives.ts";
import { checkDirectiveValues } from "./directive-values.ts";
import { didYouMean, isObject, isTextList } from "option-checks";
import {
  checks,
  invalidName,
  type SecurityHeadersOptionsError,
} from "../security-headers-options-error.ts";

/**
 * Directives by name, in kebab-case or camelCase. A list or a text holds the values; `true` or an empty
 * list is a directive without values; `null` takes a directive out.
 */
export type ContentSecurityPolicyDirectives = Readonly<
  Record<string, readonly string[] | string | boolean | null>
>;

/** A policy in parts. */
export interface ContentSecurityPolicyOptions {
  readonly directives?: ContentSecurityPolicyDirectives;
  /**
   * Whether the directives are laid over those of the preset, or stand alone.
   * @default true
   */
  readonly useDefaults?: boolean;
  /**
   * A policy without `default-src` allows whatever it does not name.
   * @default false
   */
  readonly dangerouslyDisableDefaultSrc?: boolean;
}

/** Values by directive in kebab-case, in the order in which they are written. */
export type PolicyDirectives = ReadonlyMap<string, readonly string[]>;

const optionNames = ["directives", "useDefaults", "dangerouslyDisableDefaultSrc"];
// Not \s: other white space is no separator to a browser.
const whiteSpace = /[\t\n\f\r ]+/;

/**
 * Returns the text of a Content-Security-Policy from its directives.
 *
 * @param defaults The policy over which the directives are laid.
 * @throws {SecurityHeadersOptionsError} when a directive is misspelt or given twice, when a value does
 *   not mean what it looks like, or when there is no `default-src`.
 */
export function contentSecurityPolicy(
  options: ContentSecurityPolicyOptions,
  defaults: PolicyDirectives = new Map(),
  subject = "contentSecurityPolicy",
): string {
  return policyText(policyDirectives(options, defaults, subject));
}

/** Returns the directives of a policy in parts; as `contentSecurityPolicy`. */
export function policyDirectives(
  options: ContentSecurityPolicyOptions,
  defaults: PolicyDirectives,
  subject: string,
): PolicyDirectives {
  const parts = "Give a text, false, or an object with directives.";
  checks.refuseUnknownKeys(subject, options, optionNames, parts);
  const { directives = {}, useDefaults = true, dangerouslyDisableDefaultSrc = false } = options;
  checks.refuseOtherThan(`${subject}.useDefaults`, useDefaults, [true, false]);
  const isDisabled = dangerouslyDisableDefaultSrc;
  checks.refuseOtherThan(`${subject}.dangerouslyDisableDefaultSrc`, isDisabled, [true, false]);
  const merged = new Map(useDefaults ? defaults : []);
  for (const [name, values] of givenDirectives(directives, subject)) {
    if (values === undefined) merged.delete(name);
    else merged.set(name, values);
  }
  if (isDisabled) merged.delete("default-src");
  if (merged.size === 0) {
    const remedy = "Give some, or false for no policy.";
    throw checks.invalidValue(subject, "has no directives", directives, remedy);
  }
  if (!isDisabled && !merged.has("default-src")) {
    const problem = "has no default-src, so it allows whatever it does not name";
    const remedy = `Add "default-src": ["'none'"], or say dangerouslyDisableDefaultSrc.`;
    throw checks.invalidValue(subject, problem, directives, remedy);
  }
  return merged;
}

/**
 * Returns the directives of a policy that is given as one text.
 *
 * @throws {SecurityHeadersOptionsError} as `contentSecurityPolicy`; a text may lack `default-src`.
 */
export function parseContentSecurityPolicy(
  text: string,
  subject = "contentSecurityPolicy",
): PolicyDirectives {
  const directives = new Map<string, readonly string[]>();
  if (text.includes(",")) {
    const remedy = "Separate directives with semicolons, and values with spaces.";
    throw checks.invalidValue(subject, "has a comma, which begins a second policy", text, remedy);
  }
  for (const part of text.split(";")) {
    const [givenName, ...values] = part.split(whiteSpace).filter(Boolean);
    if (givenName === undefined) continue;
    const name = givenName.toLowerCase();
    const kind = knownKind(name, subject);
    if (directives.has(name)) throw givenTwice(subject, name);
    checkDirectiveValues(`${subject} directive ${name}`, kind, values);
    directives.set(name, values);
  }
  return directives;
}

/** Returns a policy as it is sent. */
export function policyText(directives: PolicyDirectives): string {
  return [...directives].map(([name, values]) => [name, ...values].join(" ")).join(";");
}

function givenDirectives(
  directives: ContentSecurityPolicyDirectives,
  subject: string,
): ReadonlyMap<string, readonly string[] | undefined> {
  if (!isObject(directives)) {
    const remedy = `Give lists by directive, as in {"img-src": ["'self'"]}.`;
    throw checks.invalidType(`${subject}.directives`, "is not an object", directives, remedy);
  }
  const given = new Map<string, readonly string[] | undefined>();
  for (const [key, value] of Object.entries(directives)) {
    const name = kebabCase(key);
    const kind = knownKind(name, subject, key);
    if (given.has(name)) throw givenTwice(subject, name);
    const place = `${subject}.directives[${JSON.stringify(key)}]`;
    const values = value === null ? undefined : givenValues(place, kind, value);
    if (values !== undefined) checkDirectiveValues(place, kind, values);
    given.set(name, values);
  }
  return given;
}

function givenValues(place: string, kind: string, value: unknown): readonly string[] | undefined {
  if (kind === "flag" && value === false) return undefined;
  if (value === true && (kind === "flag" || kind === "sandbox")) return [];
  const listed = typeof value === "string" ? value.split(whiteSpace).filter(Boolean) : value;
  if (!isTextList(listed)) {
    const remedy = `Give texts, as in ["'self'"], or null to take the directive out.`;
    throw checks.invalidType(place, "is not a list of sources", value, remedy);
  }
  return listed;
}

/** A name that is not camelCase stays as it is, so that its error shows what was written. */
function kebabCase(key: string): string {
  return /^[a-z]+(?:[A-Z][a-z]*)+$/.test(key)
    ? key.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)
    : key;
}

function knownKind(name: string, subject: string, written = name) {
  const kind = directiveKind(name);
  if (kind !== undefined) return kind;
  throw invalidName(
    `${subject} has a directive that browsers do not know: got ${JSON.stringify(written)}. ${unknownRemedy(name.toLowerCase())}`,
  );
}

function unknownRemedy(name: string): string {
  if (/^(?:x-(?:webkit-)?)?content-security-policy(?:-report-only)?:?$/.test(name)) {
    return "Leave out the name of the header: the text begins with a directive.";
  }
  if (Object.hasOwn(formerDirectives, name)) return String(formerDirectives[name]);
  // As in "default-src:" and "default-src='self'".
  const meant = name.replace(/[:=].*$/, "").replaceAll("_", "-");
  return directiveKind(meant) === undefined
    ? didYouMean(meant, directiveNames)
    : `Write "${meant}", a space, and its values.`;
}

function givenTwice(subject: string, name: string): SecurityHeadersOptionsError {
  return invalidName(
    `${subject} has the directive ${name} twice, and browsers read only the first. Keep one.`,
  );
}
