import { LocalCloudFrontError } from "../local-cloudfront-error.ts";
import { synthesizeAgain } from "./synthesize-again.ts";

/** A JSON object whose members are not known yet. */
export type JsonObject = { readonly [name: string]: unknown };

/** Whether a value is an object and no array. */
export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/**
 * Returns a value as an object.
 *
 * @param subject file and property, the head of the error's sentence.
 * @throws {LocalCloudFrontError} when it is none.
 */
export function expectObject(
  value: unknown,
  subject: string,
  remedy: string = synthesizeAgain,
): JsonObject {
  if (isJsonObject(value)) return value;
  throw new LocalCloudFrontError(`${subject} must be an object: got ${excerpt(value)}. ${remedy}`);
}

/**
 * Returns a value as a string that is not empty.
 *
 * @param subject file and property, the head of the error's sentence.
 * @throws {LocalCloudFrontError} when it is none.
 */
export function expectString(value: unknown, subject: string): string {
  if (typeof value === "string" && value !== "") return value;
  throw new LocalCloudFrontError(
    `${subject} must be a string: got ${excerpt(value)}. ${synthesizeAgain}`,
  );
}

function excerpt(value: unknown): string {
  const text = JSON.stringify(value) ?? "nothing";
  return text.length > 80 ? `${text.slice(0, 77)}...` : text;
}
