import { didYouMean, isObject, shown } from "option-checks";
import { EdgeSiteError } from "../edge-site-error.ts";

/** The settings that an object must have, and those that it may have. */
export interface Shape {
  readonly required?: readonly string[];
  readonly optional?: readonly string[];
}

/** What a user wrote, of which nothing is known yet. */
export type Fields = Readonly<Record<string, unknown>>;

/**
 * Returns the settings of an object that has no others.
 *
 * @param subject How an error names the object, as in `functions[0]`; empty for the configuration itself.
 * @throws {EdgeSiteError} `INVALID_CONFIG`
 */
export function fieldsOf(
  { required = [], optional = [] }: Shape,
  subject: string,
  value: unknown,
): Fields {
  const known = [...required, ...optional];
  const allowed = `Allowed: ${known.join(", ")}.`;
  const pathOf = (key: string): string => (subject === "" ? key : `${subject}.${key}`);
  if (!isObject(value)) {
    throw invalid(
      `${subject || "The configuration"} is not an object: got ${shown(value)}. ${allowed}`,
    );
  }
  const unknown = Object.keys(value).find((key) => !known.includes(key));
  if (unknown !== undefined) {
    const remedy = didYouMean(unknown, known);
    throw invalid(`${pathOf(unknown)} is not a setting: got ${shown(value[unknown])}. ${remedy}`);
  }
  const missing = required.find((key) => value[key] === undefined);
  if (missing !== undefined) throw invalid(`${pathOf(missing)} is missing. ${allowed}`);
  return value;
}

/** @throws {EdgeSiteError} `INVALID_CONFIG` when the value is no text of that pattern. */
export function refuseMismatch(
  subject: string,
  value: unknown,
  pattern: RegExp,
  allowed: string,
): void {
  if (typeof value === "string" && pattern.test(value)) return;
  throw invalid(`${subject} is not valid: got ${shown(value)}. Allowed: ${allowed}.`);
}

/** @throws {EdgeSiteError} `INVALID_CONFIG` when the value is none of those. */
export function refuseOthers(subject: string, value: unknown, allowed: readonly unknown[]): void {
  if (allowed.includes(value)) return;
  throw invalid(
    `${subject} is not valid: got ${shown(value)}. Allowed: ${allowed.map(shown).join(", ")}.`,
  );
}

/** @throws {EdgeSiteError} `INVALID_CONFIG` when the value is no whole number from the least up. */
export function refuseNoCount(subject: string, value: unknown, least: number): void {
  if (Number.isSafeInteger(value) && Number(value) >= least) return;
  throw invalid(
    `${subject} is not valid: got ${shown(value)}. Allowed: a whole number, ${least} or more.`,
  );
}

/** @throws {EdgeSiteError} `INVALID_CONFIG` when the value is no list. */
export function list(subject: string, value: unknown): readonly unknown[] {
  if (Array.isArray(value)) return value;
  throw invalid(`${subject} is not a list: got ${shown(value)}. Write it in square brackets.`);
}

/**
 * Checks each element of a list, named as in `functions[0]`.
 *
 * @throws {EdgeSiteError} `INVALID_CONFIG` when the value is no list.
 */
export function checkEach(
  subject: string,
  value: unknown,
  check: (subject: string, element: unknown) => void,
): void {
  for (const [index, element] of list(subject, value).entries()) {
    check(`${subject}[${index}]`, element);
  }
}

/** Returns settings without those that are undefined, as an environment variable may be. */
export function withoutUndefined<Settings extends object>(settings: Settings): Settings {
  const given = Object.entries(settings).filter(([, value]) => value !== undefined);
  return Object.fromEntries(given) as Settings;
}

/** Returns the error that a configuration is refused with. */
export function invalid(message: string): EdgeSiteError {
  return new EdgeSiteError("INVALID_CONFIG", message);
}
