import { LocalCloudFrontError } from "../local-cloudfront-error.ts";
import { listArgument, listArguments, textArgument } from "./arguments.ts";
import { substitute } from "./substitute.ts";
import type { TemplateScope } from "./template-scope.ts";
import { isMapping, noValue, quoteValue } from "./template-value.ts";

/** Evaluates one call. What it returns may hold further calls, but is none itself. */
type IntrinsicFunction = (argument: unknown, path: string, scope: TemplateScope) => unknown;

/**
 * The intrinsic functions that resources may use, by name.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/intrinsic-function-reference.html
 */
export const intrinsicFunctions: ReadonlyMap<string, IntrinsicFunction> = new Map<
  string,
  IntrinsicFunction
>([
  ["Ref", (argument, path, scope) => scope.reference(textArgument(argument, path, scope), path)],
  ["Fn::GetAtt", getAttribute],
  ["Fn::Sub", substitute],
  ["Fn::Join", join],
  ["Fn::Select", select],
  ["Fn::Split", split],
  ["Fn::FindInMap", findInMap],
  ["Fn::If", chooseByCondition],
  [
    "Fn::Base64",
    (argument, path, scope) => Buffer.from(textArgument(argument, path, scope)).toString("base64"),
  ],
  ["Fn::GetAZs", availabilityZones],
  [
    "Fn::ImportValue",
    (argument, path, scope) => scope.importValue(textArgument(argument, path, scope), path),
  ],
  ["Fn::Length", (argument, path, scope) => listArgument(argument, path, scope).length],
  [
    "Fn::ToJsonString",
    (argument, path, scope) => {
      const value = scope.evaluate(argument, path);
      return value === noValue ? noValue : JSON.stringify(value);
    },
  ],
]);

function getAttribute(argument: unknown, path: string, scope: TemplateScope): unknown {
  if (typeof argument === "string") {
    const dot = argument.indexOf(".");
    if (dot > 0) return scope.attribute(argument.slice(0, dot), argument.slice(dot + 1), path);
  }
  const [resource, attribute] = listArguments(argument, path, 2);
  return scope.attribute(
    textArgument(resource, `${path}[0]`, scope),
    textArgument(attribute, `${path}[1]`, scope),
    path,
  );
}

function join(argument: unknown, path: string, scope: TemplateScope): string {
  const [delimiter, list] = listArguments(argument, path, 2);
  return listArgument(list, `${path}[1]`, scope)
    .map((part, index) => ({ part: scope.resolve(part, path), at: `${path}[1][${index}]` }))
    .filter(({ part }) => part !== noValue)
    .map(({ part, at }) => textArgument(part, at, scope))
    .join(textArgument(delimiter, `${path}[0]`, scope));
}

function select(argument: unknown, path: string, scope: TemplateScope): unknown {
  const [position, values] = listArguments(argument, path, 2);
  const index = Number(textArgument(position, `${path}[0]`, scope));
  const list = listArgument(values, `${path}[1]`, scope);
  if (Number.isInteger(index) && index >= 0 && index < list.length) {
    return scope.resolve(list[index], `${path}[1][${index}]`);
  }
  throw new LocalCloudFrontError(
    `${path} must select from 0 to ${list.length - 1}: got ${quoteValue(position)} of ${quoteValue(list)}.`,
  );
}

function split(argument: unknown, path: string, scope: TemplateScope): readonly string[] {
  const [delimiter, text] = listArguments(argument, path, 2);
  return textArgument(text, `${path}[1]`, scope).split(
    textArgument(delimiter, `${path}[0]`, scope),
  );
}

function findInMap(argument: unknown, path: string, scope: TemplateScope): unknown {
  const [mapping, topKey, secondKey, options] = listArguments(argument, path, 3, 4);
  const keys = [mapping, topKey, secondKey].map((key, index) =>
    textArgument(key, `${path}[${index}]`, scope),
  ) as [string, string, string];
  const value = scope.mappingValue(...keys);
  if (value !== undefined) return value;
  if (isMapping(options) && Object.hasOwn(options, "DefaultValue")) {
    return scope.resolve(options["DefaultValue"], `${path}[3].DefaultValue`);
  }
  throw new LocalCloudFrontError(
    `${path} finds nothing in the mappings: got ${quoteValue(keys)}. Add the keys under "Mappings".`,
  );
}

function chooseByCondition(argument: unknown, path: string, scope: TemplateScope): unknown {
  const [condition, whenTrue, whenFalse] = listArguments(argument, path, 3);
  const holds = scope.condition(textArgument(condition, `${path}[0]`, scope), path);
  return holds ? scope.resolve(whenTrue, `${path}[1]`) : scope.resolve(whenFalse, `${path}[2]`);
}

/** No account is asked: the first three zones of a region exist in nearly all of them. */
function availabilityZones(
  argument: unknown,
  path: string,
  scope: TemplateScope,
): readonly string[] {
  const region = textArgument(argument, path, scope) || scope.region;
  return ["a", "b", "c"].map((zone) => `${region}${zone}`);
}
