import { LocalCloudFrontError } from "../local-cloudfront-error.ts";
import { isMapping } from "./template-value.ts";

/** An intrinsic function as a template calls it. */
export interface IntrinsicCall {
  /** `Ref`, or with its prefix as in `Fn::Sub`. */
  readonly name: string;
  readonly argument: unknown;
}

/**
 * Returns the intrinsic function that a value calls; undefined where it calls none.
 *
 * @throws {LocalCloudFrontError} when a function stands beside other keys.
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/intrinsic-function-reference.html
 */
export function intrinsicCallOf(value: unknown, path: string): IntrinsicCall | undefined {
  if (!isMapping(value)) return undefined;
  const names = Object.keys(value);
  const name = names.find((name) => name === "Ref" || name.startsWith("Fn::"));
  if (name === undefined) return undefined;
  if (names.length > 1) {
    // `Ref` is also an ordinary property name in some resource types.
    if (name === "Ref") return undefined;
    throw new LocalCloudFrontError(
      `${path} must hold nothing beside ${name}: got ${JSON.stringify(names)}. Move the other keys out.`,
    );
  }
  return { name, argument: value[name] };
}
