import type {
  AnyNode,
  CallExpression,
  Expression,
  NewExpression,
  Program,
  SpreadElement,
} from "acorn";
import { type ProgramNames, resolveNames } from "cf-rules/syntax";

/** The last two names of `a.b.method`, and the node of `a.b`. */
export interface Member {
  readonly object?: string;
  readonly property?: string;
  readonly node?: AnyNode;
}

const globalObjects = new Set(["window", "self", "globalThis", "document", "navigator"]);
/** Names that lead to names that lead to names: no bundle needs more. */
const maxSteps = 6;
const maxTexts = 8;
/** Expressions that are looked at for one question: functions of large bundles are called everywhere. */
const maxVisits = 200;

/** What the names and expressions of a script stand for, as far as the script itself says. */
export class ScriptNames {
  readonly #names: ProgramNames;
  #visits = 0;

  constructor(program: Program) {
    this.#names = resolveNames(program);
  }

  /** The beginnings of the texts that an expression may be. */
  texts(expression: AnyNode, steps = 0): readonly string[] {
    if (steps === 0) this.#visits = 0;
    const texts = this.#values(expression, steps).flatMap((node) => this.#textsOf(node, steps + 1));
    return [...new Set(texts)].slice(0, maxTexts);
  }

  /** Those of an argument of a call; none where it is absent. */
  argumentTexts(call: CallExpression | NewExpression, index: number, steps = 0): readonly string[] {
    const argument = plainArgument(call.arguments[index]);
    return argument === undefined ? [] : this.texts(argument, steps);
  }

  /** The global that is called, as in `fetch` and `window.fetch`; undefined for a name of the script's own. */
  calledGlobal(callee: AnyNode): string | undefined {
    if (callee.type === "Identifier") {
      return this.#names.variableOf(callee) ? undefined : callee.name;
    }
    const { object, property, node } = memberOf(callee);
    return node?.type === "Identifier" &&
      globalObjects.has(object ?? "") &&
      !this.#names.variableOf(node)
      ? property
      : undefined;
  }

  /** The names of the elements that an expression may be, by what has made them. */
  createdTags(expression: AnyNode): readonly string[] {
    this.#visits = 0;
    return this.#values(expression, 0).flatMap((node) => {
      if (node.type === "NewExpression" && node.callee.type === "Identifier") {
        return { Image: ["img"], Audio: ["audio"] }[node.callee.name] ?? [];
      }
      return node.type === "CallExpression" && memberOf(node.callee).property === "createElement"
        ? this.argumentTexts(node, 0).map((tag) => tag.toLowerCase())
        : [];
    });
  }

  /** The call that has the object around a property's value as an argument. */
  callAround(value: AnyNode): CallExpression | NewExpression | undefined {
    const property = this.#names.parentOf(value);
    const object = property && this.#names.parentOf(property);
    const call = object?.type === "ObjectExpression" ? this.#names.parentOf(object) : undefined;
    return call?.type === "CallExpression" || call?.type === "NewExpression" ? call : undefined;
  }

  /** The expressions that an expression may stand for. */
  #values(node: AnyNode, steps: number): readonly AnyNode[] {
    this.#visits += 1;
    if (steps > maxSteps || this.#visits > maxVisits) return [];
    switch (node.type) {
      case "Identifier":
        return this.#valuesOfName(node, steps);
      case "ConditionalExpression":
        return [node.consequent, node.alternate].flatMap((each) => this.#values(each, steps + 1));
      case "LogicalExpression":
        return [node.left, node.right].flatMap((each) => this.#values(each, steps + 1));
      case "MemberExpression": {
        const { property } = memberOf(node);
        return this.#values(node.object, steps + 1).flatMap((object) => {
          const found = property === undefined ? undefined : propertyValue(object, property);
          return found === undefined ? [] : this.#values(found, steps + 1);
        });
      }
      default:
        return [node];
    }
  }

  #valuesOfName(name: AnyNode & { type: "Identifier" }, steps: number): readonly AnyNode[] {
    const { defs = [] } = this.#names.variableOf(name) ?? {};
    const [definition, ...others] = defs;
    if (definition === undefined || others.length > 0) return [];
    const node = definition.node as AnyNode;
    if (definition.type !== "Parameter") {
      return node.type === "VariableDeclarator" && node.init && node.id.type === "Identifier"
        ? this.#values(node.init, steps + 1)
        : [];
    }
    if (!("params" in node)) return [];
    const index = node.params.findIndex(
      (each) => each.type === "Identifier" && each.name === name.name,
    );
    return this.#callsOf(node).flatMap((call) => {
      const argument = plainArgument(call.arguments[index]);
      return argument === undefined ? [] : this.#values(argument, steps + 1);
    });
  }

  /** The calls of a function by its name, or where it is written. */
  #callsOf(owner: AnyNode): readonly CallExpression[] {
    const parent = this.#names.parentOf(owner);
    if (parent?.type === "CallExpression" && parent.callee === owner) return [parent];
    const declared = "id" in owner && owner.id ? owner.id : undefined;
    const identifier = declared ?? (parent?.type === "VariableDeclarator" ? parent.id : undefined);
    const variable = identifier && this.#names.variableOf(identifier);
    return (variable?.references ?? []).flatMap((reference) => {
      const use = reference.identifier as unknown as AnyNode;
      const call = this.#names.parentOf(use);
      return call?.type === "CallExpression" && call.callee === use ? [call] : [];
    });
  }

  #textsOf(node: AnyNode, steps: number): readonly string[] {
    if (steps > maxSteps) return [];
    switch (node.type) {
      case "Literal":
        return typeof node.value === "string" ? [node.value] : [];
      case "TemplateLiteral": {
        const [first = "", second = ""] = node.quasis.map(({ value }) => value.cooked ?? "");
        const [inserted] = node.expressions;
        if (inserted === undefined) return [first];
        if (first === "") return this.texts(inserted, steps).map((text) => text + second);
        // What is inserted may be a part of the host's name.
        return isCutInHost(first) ? [] : [first];
      }
      case "BinaryExpression":
        return node.operator === "+" && node.left.type !== "PrivateIdentifier"
          ? this.texts(node.left, steps)
          : [];
      case "CallExpression":
        return this.#textsOfCall(node, steps);
      case "NewExpression":
        return this.#textsOfNew(node, steps);
      default:
        return [];
    }
  }

  #textsOfCall(call: CallExpression, steps: number): readonly string[] {
    const { property, node } = memberOf(call.callee);
    if (property === "createObjectURL") return ["blob:"];
    if ((property !== "concat" && property !== "toString") || node === undefined) return [];
    const own = this.texts(node, steps);
    // As compilers write templates: "".concat(base, "/path").
    return own.includes("") ? this.argumentTexts(call, 0, steps) : own;
  }

  #textsOfNew(made: NewExpression, steps: number): readonly string[] {
    if (made.callee.type !== "Identifier" || !/^(?:URL|Request)$/.test(made.callee.name)) return [];
    const own = this.argumentTexts(made, 0, steps);
    const bases = this.argumentTexts(made, 1, steps);
    return own.some(isElsewhere) || !bases.some(isElsewhere) ? own : bases;
  }
}

/** Returns the last two names of `a.b.method`. */
export function memberOf(expression: AnyNode): Member {
  if (expression.type !== "MemberExpression") return {};
  const { object, property, computed } = expression;
  const name = computed && property.type !== "Literal" ? undefined : keyOf(property);
  const objectName =
    object.type === "Identifier"
      ? object.name
      : object.type === "MemberExpression"
        ? keyOf(object.property)
        : undefined;
  return {
    ...(name !== undefined && { property: name }),
    ...(objectName !== undefined && { object: objectName }),
    node: object,
  };
}

/** Returns a text that is written out, in quotes or as a template without expressions. */
export function writtenText(node: AnyNode): string | undefined {
  if (node.type === "Literal" && typeof node.value === "string") return node.value;
  return node.type === "TemplateLiteral" && node.expressions.length === 0
    ? (node.quasis[0]?.value.cooked ?? undefined)
    : undefined;
}

/** Returns the name of a property; undefined for one that is computed. */
export function keyOf(key: AnyNode): string | undefined {
  if (key.type === "Identifier") return key.name;
  return key.type === "Literal" ? String(key.value) : undefined;
}

function propertyValue(object: AnyNode, name: string): AnyNode | undefined {
  if (object.type !== "ObjectExpression") return undefined;
  const found = object.properties.find(
    (each) => each.type === "Property" && !each.computed && keyOf(each.key) === name,
  );
  return found?.type === "Property" ? found.value : undefined;
}

function plainArgument(argument: Expression | SpreadElement | undefined): AnyNode | undefined {
  return argument?.type === "SpreadElement" ? undefined : argument;
}

function isElsewhere(address: string): boolean {
  return /^(?:[a-z][a-z\d+.-]*:)?\/\//i.test(address);
}

function isCutInHost(text: string): boolean {
  return isElsewhere(text) && !/\/\/[^/]*\//.test(text);
}
