import { CloudAssemblyError } from "../cloud-assembly-error.ts";
import { isJsonObject, type JsonObject } from "../value/json.ts";
import { noValue, quoteValue, scalarText } from "../value/template-value.ts";
import { isKnown } from "../value/unknown.ts";
import type { TemplateScope } from "./template-scope.ts";

/** Evaluates one call. What it returns may hold further calls, but is none itself. */
type IntrinsicFunction = (argument: unknown, path: string, scope: TemplateScope) => unknown;

/**
 * The intrinsic functions that resources may use, by name.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/intrinsic-function-reference.html
 */
const intrinsicFunctions: ReadonlyMap<string, IntrinsicFunction> = new Map<
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
  ["Fn::Base64", base64],
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

const conditionFunctions: readonly string[] = ["Fn::And", "Fn::Equals", "Fn::Not", "Fn::Or"];

/** An intrinsic function as a template calls it. */
export interface IntrinsicCall {
  /** `Ref`, or with its prefix as in `Fn::Sub`. */
  readonly name: string;
  /** Evaluates it. */
  evaluate(scope: TemplateScope): unknown;
}

/**
 * Returns the intrinsic function that a value calls; undefined where it calls none.
 *
 * @throws {CloudAssemblyError} when a function is one of several keys.
 */
export function intrinsicCall(value: unknown, path: string): IntrinsicCall | undefined {
  if (!isJsonObject(value)) return undefined;
  const names = Object.keys(value);
  const name = names.find((name) => name === "Ref" || name.startsWith("Fn::"));
  // `Ref` is also an ordinary property name in some resource types.
  if (name === undefined || (name === "Ref" && names.length > 1)) return undefined;
  if (names.length > 1) {
    throw new CloudAssemblyError(
      `${path} must hold nothing beside ${name}: got ${JSON.stringify(names)}. Move the other keys out.`,
    );
  }
  const intrinsicFunction = intrinsicFunctions.get(name) ?? unsupportedFunction(name, path);
  return {
    name,
    evaluate: (scope) => intrinsicFunction(value[name], `${path}.${name}`, scope),
  };
}

function unsupportedFunction(name: string, path: string): IntrinsicFunction {
  return () => {
    const problem = conditionFunctions.includes(name)
      ? `uses ${name}, which is allowed only under "Conditions"`
      : `uses ${name}, which is not supported`;
    throw new CloudAssemblyError(
      `${path} ${problem}. Write the value out, or compute it when the template is synthesized.`,
    );
  };
}

/**
 * Returns the arguments of a function that takes a list of them.
 *
 * @throws {CloudAssemblyError} when they are no list of that many.
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
  throw new CloudAssemblyError(
    `${path} must be a list of ${count} arguments: got ${quoteValue(argument)}.`,
  );
}

/** Evaluates an argument that must be text (numbers and booleans become text). */
function textArgument(argument: unknown, path: string, scope: TemplateScope): string {
  const value = scope.resolve(argument, path);
  const text = scalarText(value);
  if (text !== undefined) return text;
  throw new CloudAssemblyError(`${path} must be a string: got ${quoteValue(value)}.`);
}

/** Evaluates an argument that must be a list; its elements stay as they are. */
function listArgument(argument: unknown, path: string, scope: TemplateScope): readonly unknown[] {
  return listIn(scope.resolve(argument, path), path);
}

function listIn(value: unknown, path: string): readonly unknown[] {
  if (Array.isArray(value)) return value;
  throw new CloudAssemblyError(`${path} must be a list: got ${quoteValue(value)}.`);
}

/** What stands for the result of a function that would take something unknown apart. */
function unknownResult(of: string, path: string, scope: TemplateScope): string {
  const name = scope.readable(of).replace(/^<(.*)>$/, "$1");
  const reason = `needs a value that only the deployment knows: got ${JSON.stringify(scope.readable(of))}.`;
  return scope.unknown({ kind: "expression", name, path, reason, source: of });
}

function isUnknownText(value: unknown): value is string {
  return typeof value === "string" && !isKnown(value);
}

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

/** `Fn::Sub` in both forms: text, or text with an object of names of its own. */
function substitute(argument: unknown, path: string, scope: TemplateScope): string {
  const [text, names] = substituteArguments(argument, path);
  // `${!Literal}` is written out as `${Literal}`.
  return text.replaceAll(/\$\{([^{}]+)\}/g, (whole, inner: string) => {
    if (inner.startsWith("!")) return `\${${inner.slice(1)}}`;
    const name = inner.trim();
    const [logicalId = "", ...attribute] = name.split(".");
    const value = Object.hasOwn(names, name)
      ? scope.resolve(names[name], `${path}.${name}`)
      : attribute.length === 0
        ? scope.reference(name, path)
        : scope.attribute(logicalId, attribute.join("."), path);
    const replacement = scalarText(value);
    if (replacement !== undefined) return replacement;
    throw new CloudAssemblyError(
      `${path} puts ${JSON.stringify(whole)} into text, which must be a string: got ${quoteValue(value)}.`,
    );
  });
}

function substituteArguments(argument: unknown, path: string): readonly [string, JsonObject] {
  const [text, names, ...others] = Array.isArray(argument) ? argument : [argument, {}];
  if (typeof text === "string" && isJsonObject(names) && others.length === 0) return [text, names];
  throw new CloudAssemblyError(
    `${path} must be a string, or a list of a string and a mapping: got ${quoteValue(argument)}.`,
  );
}

function join(argument: unknown, path: string, scope: TemplateScope): string {
  const [delimiter, list] = listArguments(argument, path, 2);
  const parts = scope.resolve(list, `${path}[1]`);
  if (isUnknownText(parts)) return unknownResult(parts, path, scope);
  return listIn(parts, `${path}[1]`)
    .map((part, index) => ({ part: scope.resolve(part, path), at: `${path}[1][${index}]` }))
    .filter(({ part }) => part !== noValue)
    .map(({ part, at }) => textArgument(part, at, scope))
    .join(textArgument(delimiter, `${path}[0]`, scope));
}

function select(argument: unknown, path: string, scope: TemplateScope): unknown {
  const [position, values] = listArguments(argument, path, 2);
  const indexText = textArgument(position, `${path}[0]`, scope);
  const resolved = scope.resolve(values, `${path}[1]`);
  const unknown = [indexText, resolved].find(isUnknownText);
  if (unknown !== undefined) return unknownResult(unknown, path, scope);
  const index = Number(indexText);
  const list = listIn(resolved, `${path}[1]`);
  if (Number.isInteger(index) && index >= 0 && index < list.length) {
    return scope.resolve(list[index], `${path}[1][${index}]`);
  }
  throw new CloudAssemblyError(
    `${path} must select from 0 to ${list.length - 1}: got ${quoteValue(position)} of ${quoteValue(list)}.`,
  );
}

function split(argument: unknown, path: string, scope: TemplateScope): string | readonly string[] {
  const [delimiter, text] = listArguments(argument, path, 2);
  const whole = textArgument(text, `${path}[1]`, scope);
  return isKnown(whole)
    ? whole.split(textArgument(delimiter, `${path}[0]`, scope))
    : unknownResult(whole, path, scope);
}

function findInMap(argument: unknown, path: string, scope: TemplateScope): unknown {
  const [mapping, topKey, secondKey, options] = listArguments(argument, path, 3, 4);
  const keys = [mapping, topKey, secondKey].map((key, index) =>
    textArgument(key, `${path}[${index}]`, scope),
  ) as [string, string, string];
  const unknown = keys.find(isUnknownText);
  if (unknown !== undefined) return unknownResult(unknown, path, scope);
  const value = scope.mappingValue(...keys);
  if (value !== undefined) return value;
  if (isJsonObject(options) && Object.hasOwn(options, "DefaultValue")) {
    return scope.resolve(options["DefaultValue"], `${path}[3].DefaultValue`);
  }
  throw new CloudAssemblyError(
    `${path} finds nothing in the mappings: got ${quoteValue(keys)}. Add the keys under "Mappings".`,
  );
}

/** Where only the deployment knows the condition, what may be there is looked at before what is not. */
function chooseByCondition(argument: unknown, path: string, scope: TemplateScope): unknown {
  const [condition, whenTrue, whenFalse] = listArguments(argument, path, 3);
  const holds = scope.condition(textArgument(condition, `${path}[0]`, scope), path);
  if (holds === false) return scope.resolve(whenFalse, `${path}[2]`);
  const value = scope.resolve(whenTrue, `${path}[1]`);
  return typeof holds === "object" && value === noValue
    ? scope.resolve(whenFalse, `${path}[2]`)
    : value;
}

function base64(argument: unknown, path: string, scope: TemplateScope): string {
  const text = textArgument(argument, path, scope);
  return isKnown(text) ? Buffer.from(text).toString("base64") : unknownResult(text, path, scope);
}

/** No account is asked: the first three zones of a Region exist in nearly all of them. */
function availabilityZones(
  argument: unknown,
  path: string,
  scope: TemplateScope,
): string | readonly string[] {
  const region =
    textArgument(argument, path, scope) || String(scope.reference("AWS::Region", path));
  return isKnown(region)
    ? ["a", "b", "c"].map((zone) => `${region}${zone}`)
    : unknownResult(region, path, scope);
}
