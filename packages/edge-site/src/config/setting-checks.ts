import { didYouMean, isObject, shown } from "option-checks";
import { EdgeSiteError } from "../edge-site-error.ts";

/** The settings that an object may have. */
export interface Shape {
  readonly required: readonly string[];
  readonly optional: readonly string[];
}

/** What a user wrote, of which nothing is known yet. */
export type Fields = Readonly<Record<string, unknown>>;

/**
 * Returns the settings of an object that has no others.
 *
 * @param subject What the object is, as in `functions[0]`.
 * @param path What stands before each setting's name, as in `functions[0].`.
 * @throws {EdgeSiteError} `INVALID_CONFIG`
 */
export function refuseOtherThan(
  shape: Shape,
  subject: string,
  path: string,
  value: unknown,
): Fields {
  const known = [...shape.required, ...shape.optional];
  const allowed = `Allowed: ${known.join(", ")}.`;
  if (!isObject(value)) {
    throw invalid(`${capitalised(subject)} is not an object: got ${shown(value)}. ${allowed}`);
  }
  for (const key of Object.keys(value)) {
    if (known.includes(key)) continue;
    const remedy = didYouMean(key, known);
    throw invalid(`${path}${key} is not a setting: got ${shown(value[key])}. ${remedy}`);
  }
  const missing = shape.required.find((key) => value[key] === undefined);
  if (missing !== undefined) throw invalid(`${path}${missing} is missing. ${allowed}`);
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

/** Returns the error that a configuration is refused with. */
export function invalid(message: string): EdgeSiteError {
  return new EdgeSiteError("INVALID_CONFIG", message);
}

function capitalised(text: string): string {
  return text.replace(/^the /, "The ");
}
