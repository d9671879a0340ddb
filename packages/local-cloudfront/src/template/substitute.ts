import { LocalCloudFrontError } from "../local-cloudfront-error.ts";
import type { TemplateScope } from "./template-scope.ts";
import { isMapping, quoteValue, type RawMapping, scalarText } from "./template-value.ts";

/**
 * Evaluates `Fn::Sub` in both forms: text, or text with a mapping of names of its own.
 *
 * @throws {LocalCloudFrontError} when a name stands for nothing, or for no text.
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference-sub.html
 */
export function substitute(argument: unknown, path: string, scope: TemplateScope): string {
  const [text, names] = readArguments(argument, path);
  // `${!Literal}` is written out as `${Literal}`.
  return text.replaceAll(/\$\{([^}]+)\}/g, (whole, inner: string) => {
    if (inner.startsWith("!")) return `\${${inner.slice(1)}}`;
    const name = inner.trim();
    const value = valueOf(name, names, path, scope);
    const replacement = scalarText(value);
    if (replacement !== undefined) return replacement;
    throw new LocalCloudFrontError(
      `${path} puts ${JSON.stringify(whole)} into text, which must be a string: got ${quoteValue(value)}.`,
    );
  });
}

function readArguments(argument: unknown, path: string): readonly [string, RawMapping] {
  if (typeof argument === "string") return [argument, {}];
  if (Array.isArray(argument) && argument.length === 2) {
    const [text, names] = argument;
    if (typeof text === "string" && isMapping(names)) return [text, names];
  }
  throw new LocalCloudFrontError(
    `${path} must be a string, or a list of a string and a mapping: got ${quoteValue(argument)}.`,
  );
}

function valueOf(name: string, names: RawMapping, path: string, scope: TemplateScope): unknown {
  if (Object.hasOwn(names, name)) return scope.resolve(names[name], `${path}.${name}`);
  const dot = name.indexOf(".");
  return dot === -1
    ? scope.reference(name, path)
    : scope.attribute(name.slice(0, dot), name.slice(dot + 1), path);
}
