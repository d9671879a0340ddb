import { LocalCloudFrontError } from "../local-cloudfront-error.ts";
import type { TemplateScope } from "./template-scope.ts";
import { quoteValue, scalarText } from "./template-value.ts";

/**
 * Returns the arguments of a function that takes a list of them.
 *
 * @throws {LocalCloudFrontError} when they are no list of that many.
 */
export function listArguments(
  argument: unknown,
  path: string,
  least: number,
  most: number = least,
): readonly unknown[] {
  if (Array.isArray(argument) && argument.length >= least && argument.length <= most) {
    return argument;
  }
  const count = least === most ? String(least) : `${least} to ${most}`;
  throw new LocalCloudFrontError(
    `${path} must be a list of ${count} arguments: got ${quoteValue(argument)}.`,
  );
}

/**
 * Evaluates an argument that must be text (numbers and booleans become text).
 *
 * @throws {LocalCloudFrontError} when it is none.
 */
export function textArgument(argument: unknown, path: string, scope: TemplateScope): string {
  const value = scope.resolve(argument, path);
  const text = scalarText(value);
  if (text !== undefined) return text;
  throw new LocalCloudFrontError(`${path} must be a string: got ${quoteValue(value)}.`);
}

/**
 * Evaluates an argument that must be a list; its elements stay as they are.
 *
 * @throws {LocalCloudFrontError} when it is none.
 */
export function listArgument(
  argument: unknown,
  path: string,
  scope: TemplateScope,
): readonly unknown[] {
  const value = scope.resolve(argument, path);
  if (Array.isArray(value)) return value;
  throw new LocalCloudFrontError(`${path} must be a list: got ${quoteValue(value)}.`);
}
