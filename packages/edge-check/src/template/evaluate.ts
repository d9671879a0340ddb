import { isJsonObject, type JsonObject } from "../json-object.ts";
import { unknownMark } from "./mark.ts";

/** What a template's intrinsic functions look up. */
export interface TemplateScope {
  /** A pseudo parameter or a parameter; undefined where it is neither. */
  parameter(name: string): unknown;
  /** A resource's `Ref` or attribute. */
  attribute(logicalId: string, attribute: string): unknown;
  /** An output that another stack exports. */
  exported(name: string): unknown;
  mapping(name: string, first: string, second: string): unknown;
  /** Undefined where only the deployment knows. */
  condition(name: string): boolean | undefined;
}

/** What a list or an object leaves out. */
export const noValue = Symbol("AWS::NoValue");

type Intrinsic = (argument: unknown, scope: TemplateScope) => unknown;

const intrinsics: Readonly<Record<string, Intrinsic>> = {
  Ref(name, scope) {
    if (name === "AWS::NoValue") return noValue;
    return scope.parameter(String(name)) ?? scope.attribute(String(name), "Ref");
  },
  "Fn::GetAtt"(argument, scope) {
    const [logicalId = "", ...attribute] = Array.isArray(argument)
      ? argument.map((part) => String(evaluate(part, scope)))
      : String(argument).split(".");
    return scope.attribute(logicalId, attribute.join("."));
  },
  "Fn::Join"(argument, scope) {
    const [separator, parts] = argumentsOf(argument, scope);
    return Array.isArray(parts) ? parts.map(textOf).join(String(separator)) : unknownMark;
  },
  "Fn::Sub": substitute,
  "Fn::Select"(argument, scope) {
    const [index, parts] = argumentsOf(argument, scope);
    return (Array.isArray(parts) ? parts[Number(index)] : undefined) ?? unknownMark;
  },
  "Fn::Split"(argument, scope) {
    const [separator, text] = argumentsOf(argument, scope);
    return textOf(text).split(String(separator));
  },
  "Fn::FindInMap"(argument, scope) {
    const [name, first, second] = argumentsOf(argument, scope).map(textOf);
    return scope.mapping(name ?? "", first ?? "", second ?? "") ?? unknownMark;
  },
  "Fn::ImportValue": (argument, scope) =>
    scope.exported(textOf(evaluate(argument, scope))) ?? unknownMark,
  "Fn::If"(argument, scope) {
    const [name, yes, no] = Array.isArray(argument) ? argument : [];
    const isMet = scope.condition(String(name));
    if (isMet !== undefined) return evaluate(isMet ? yes : no, scope);
    // Either may be deployed: what is there is looked at before what is not.
    const value = evaluate(yes, scope);
    return value === noValue ? evaluate(no, scope) : value;
  },
};

/**
 * Evaluates a value of a template as far as it can be without deploying it: what only the deployment
 * knows becomes a mark within the text.
 */
export function evaluate(value: unknown, scope: TemplateScope): unknown {
  if (Array.isArray(value)) {
    return value.map((item) => evaluate(item, scope)).filter((item) => item !== noValue);
  }
  if (!isJsonObject(value)) return value;
  const intrinsic = intrinsicOf(value);
  if (intrinsic !== undefined) return intrinsic(Object.values(value)[0], scope);
  const members = Object.entries(value).map(([name, member]) => [name, evaluate(member, scope)]);
  return Object.fromEntries(members.filter(([, member]) => member !== noValue));
}

function intrinsicOf(value: JsonObject): Intrinsic | undefined {
  const [name, ...others] = Object.keys(value);
  if (name === undefined || others.length > 0) return undefined;
  if (Object.hasOwn(intrinsics, name)) return intrinsics[name];
  return name.startsWith("Fn::") ? () => unknownMark : undefined;
}

function argumentsOf(argument: unknown, scope: TemplateScope): readonly unknown[] {
  const evaluated = evaluate(argument, scope);
  return Array.isArray(evaluated) ? evaluated : [evaluated];
}

function substitute(argument: unknown, scope: TemplateScope): unknown {
  const [text, variables] = Array.isArray(argument) ? argument : [argument, {}];
  const known = evaluate(variables, scope);
  return String(text).replaceAll(/\$\{(!?)([^}]+)\}/g, (_all, isLiteral: string, name: string) => {
    if (isLiteral !== "") return `\${${name}}`;
    if (isJsonObject(known) && Object.hasOwn(known, name)) return textOf(known[name]);
    const intrinsic = intrinsics[name.includes(".") ? "Fn::GetAtt" : "Ref"];
    return textOf(intrinsic?.(name, scope));
  });
}

function textOf(value: unknown): string {
  return ["string", "number", "boolean"].includes(typeof value) ? String(value) : unknownMark;
}
