import type { Binding, Bindings, BindingSource } from "./bindings.ts";
import { isFunction, isNode, listOf, nameOf, nodesIn, type SyntaxNode } from "./syntax.ts";

/** What an expression can stand for. */
export type Value =
  /** A part of the event's record, as in `request.headers`; empty for `event.Records[0].cf`. */
  | { readonly kind: "event"; readonly path: string }
  /** A literal or a function that is written out. */
  | { readonly kind: "node"; readonly node: SyntaxNode }
  | { readonly kind: "unknown" };

const unknown: readonly Value[] = [{ kind: "unknown" }];
const recordPath = "event.Records.0.cf";

/** More than anybody writes by hand. */
const mostValues = 32;
const deepest = 60;

/**
 * Follows values through a program without running it: through names, members, patterns, calls of its
 * own functions and what these return. Names alone say nothing: `request` is the event's request only
 * where it comes from the handler's event.
 */
export class ValueFlow {
  readonly bindings: Bindings;
  /** Where the handler's event and callback come in. */
  readonly #handler: SyntaxNode;
  readonly #known = new Map<SyntaxNode, readonly Value[]>();
  readonly #open = new Set<unknown>();

  constructor(handler: SyntaxNode, bindings: Bindings) {
    this.bindings = bindings;
    this.#handler = handler;
  }

  /** Returns all that an expression can stand for; `unknown` among it where that is not all. */
  valuesOf(node: unknown): readonly Value[] {
    if (!isNode(node)) return unknown;
    const known = this.#known.get(node);
    if (known !== undefined) return known;
    if (this.#open.has(node) || this.#open.size > deepest) return unknown;
    this.#open.add(node);
    const values = distinct(this.#evaluate(node));
    this.#open.delete(node);
    this.#known.set(node, values);
    return values;
  }

  /** The part of the event's record that an expression certainly is; undefined for anything else. */
  eventPath(node: unknown): string | undefined {
    const [first, ...others] = this.valuesOf(node);
    return first?.kind === "event" && others.length === 0 && first.path.startsWith(recordPath)
      ? first.path.slice(recordPath.length + 1)
      : undefined;
  }

  /** The text that a key, a name or a value certainly is. */
  textOf(node: unknown): string | undefined {
    const [first, ...others] = this.valuesOf(node);
    if (first?.kind !== "node" || others.length > 0) return undefined;
    const { type, value } = first.node;
    return type === "Literal" && ["string", "number"].includes(typeof value)
      ? String(value)
      : undefined;
  }

  /** The name of the member that an expression reads or writes. */
  memberName(node: SyntaxNode): string | undefined {
    return node["computed"] === true ? this.textOf(node["property"]) : nameOf(node["property"]);
  }

  /** The functions of the program that a call may run; empty where these are not known. */
  calledBy(call: SyntaxNode): readonly SyntaxNode[] {
    return this.valuesOf(call["callee"]).flatMap((value) =>
      value.kind === "node" && isFunction(value.node) ? value.node : [],
    );
  }

  /** What a handler's results can be. */
  results(): readonly Value[] {
    const passed = this.callbackCalls().map((call) => listOf(call["arguments"])[1]);
    const results = [...returnedBy(this.#handler), ...passed];
    return distinct(results.flatMap((node) => this.valuesOf(node)));
  }

  /** The calls of the handler's callback. */
  callbackCalls(): readonly SyntaxNode[] {
    const [, , callback] = listOf(this.#handler["params"]);
    return isNode(callback, "Identifier") ? this.#callsThrough(this.bindings.of(callback)) : [];
  }

  #evaluate(node: SyntaxNode): readonly Value[] {
    switch (node.type) {
      case "Identifier":
        return this.#valuesOfName(node);
      case "MemberExpression":
        return this.#member(this.valuesOf(node["object"]), this.memberName(node));
      case "ChainExpression":
        return this.valuesOf(node["expression"]);
      case "AwaitExpression":
        return this.valuesOf(node["argument"]);
      case "AssignmentExpression":
        return node["operator"] === "=" ? this.valuesOf(node["right"]) : unknown;
      case "ConditionalExpression":
        return [...this.valuesOf(node["consequent"]), ...this.valuesOf(node["alternate"])];
      case "LogicalExpression":
        return this.#logical(node);
      case "SequenceExpression":
        return this.valuesOf(listOf(node["expressions"]).at(-1));
      case "CallExpression":
        return this.#call(node);
      case "ObjectExpression":
      case "ArrayExpression":
      case "Literal":
        return [{ kind: "node", node }];
      case "TemplateLiteral":
        return this.#template(node);
      default:
        return isFunction(node) ? [{ kind: "node", node }] : unknown;
    }
  }

  /** `response.headers || {}`: an event has what it is asked for. */
  #logical(node: SyntaxNode): readonly Value[] {
    const left = this.valuesOf(node["left"]);
    if (node["operator"] !== "&&" && left.every(({ kind }) => kind === "event")) return left;
    return [...left, ...this.valuesOf(node["right"])];
  }

  /** A template without expressions is a text. */
  #template(node: SyntaxNode): readonly Value[] {
    const [text, ...others] = listOf(node["quasis"]);
    const value = text?.["value"];
    if (others.length > 0 || typeof value !== "object" || value === null) return unknown;
    return "cooked" in value
      ? [{ kind: "node", node: { type: "Literal", value: value.cooked } }]
      : unknown;
  }

  #valuesOfName(identifier: SyntaxNode): readonly Value[] {
    const binding = this.bindings.of(identifier);
    if (binding === undefined || this.#open.has(binding)) return unknown;
    this.#open.add(binding);
    const sources = binding.sources.filter((source) => !isNothing(source));
    const values = sources.flatMap((source) => this.#source(source, sources));
    this.#open.delete(binding);
    return values.length === 0 ? unknown : values;
  }

  #source(source: BindingSource, all: readonly BindingSource[]): readonly Value[] {
    switch (source.kind) {
      case "unknown":
        return unknown;
      case "function":
        return [{ kind: "node", node: source.node }];
      case "parameter":
        return this.#along(source.path, this.#parameter(source));
      case "expression": {
        const values = this.#along(source.path, this.valuesOf(source.node));
        const isReplaced = all.length > 1 && isInitializer(this.bindings, source.node);
        // What it starts with may never be used.
        return isReplaced && values.some(({ kind }) => kind === "node") ? unknown : values;
      }
    }
  }

  /** What the calls of a function pass to it; what nobody in the program passes is left out. */
  #parameter({ function: owner, index }: BindingSource & { kind: "parameter" }): readonly Value[] {
    if (owner === this.#handler) return index === 0 ? [{ kind: "event", path: "event" }] : unknown;
    const passed = this.#callsOf(owner).flatMap((call) => {
      const argument = listOf(call["arguments"])[index];
      return argument === undefined ? [] : this.valuesOf(argument);
    });
    const known = passed.filter(({ kind }) => kind !== "unknown");
    return known.length === 0 ? unknown : known;
  }

  #callsOf(owner: SyntaxNode): readonly SyntaxNode[] {
    const parent = this.bindings.parentOf(owner);
    const names = [owner["id"], isNode(parent, "VariableDeclarator") ? parent["id"] : undefined];
    return names.flatMap((name) =>
      isNode(name, "Identifier") ? this.#callsThrough(this.bindings.of(name)) : [],
    );
  }

  #callsThrough(binding: Binding | undefined): readonly SyntaxNode[] {
    return (binding?.uses ?? []).flatMap((use) => {
      const call = this.bindings.parentOf(use);
      return isNode(call, "CallExpression") && call["callee"] === use ? call : [];
    });
  }

  #along(path: readonly string[], values: readonly Value[]): readonly Value[] {
    return path.reduce((found, name) => this.#member(found, name), values);
  }

  #member(values: readonly Value[], name: string | undefined): readonly Value[] {
    return values.flatMap((value) => {
      if (value.kind === "unknown" || name === undefined) return unknown;
      if (value.kind === "event") return { kind: "event", path: `${value.path}.${name}` };
      const property = writtenProperty(value.node, name);
      return property === undefined ? unknown : this.valuesOf(property);
    });
  }

  #call(node: SyntaxNode): readonly Value[] {
    const { callee } = node;
    const isMember = isNode(callee, "MemberExpression");
    const [first] = listOf(node["arguments"]);
    const isResolve =
      isMember && nameOf(callee["object"]) === "Promise" && nameOf(callee) === "resolve";
    // esbuild keeps the names of functions by `__name(…)`.
    if (isResolve || nameOf(callee) === "__name") return this.valuesOf(first);
    const continuations = isMember && nameOf(callee) === "then" ? this.valuesOf(first) : [];
    const called = [...this.calledBy(node), ...continuations.flatMap(functionIn)];
    const returned = called.flatMap(returnedBy).flatMap((each) => this.valuesOf(each));
    return returned.length === 0 ? unknown : returned;
  }
}

function functionIn(value: Value): readonly SyntaxNode[] {
  return value.kind === "node" && isFunction(value.node) ? [value.node] : [];
}

/** The value of a property that is written out, where nothing spread behind it replaces it. */
export function writtenProperty(object: SyntaxNode, name: string): SyntaxNode | undefined {
  const properties = listOf(object["properties"]);
  const index = properties.findLastIndex(
    (each) => isNode(each, "Property") && nameOf(each) === name,
  );
  const isReplaced = properties.slice(index + 1).some((each) => isNode(each, "SpreadElement"));
  const value = properties[index]?.["value"];
  return isNode(value) && !isReplaced ? value : undefined;
}

function returnedBy(owner: SyntaxNode): readonly SyntaxNode[] {
  const { body } = owner;
  if (!isNode(body)) return [];
  if (body.type !== "BlockStatement") return [body];
  return [...nodesIn(body, true)].flatMap((node) =>
    node.type === "ReturnStatement" && isNode(node["argument"]) ? node["argument"] : [],
  );
}

/** `let response = null;` only declares. */
function isNothing(source: BindingSource): boolean {
  if (source.kind !== "expression") return false;
  const { node } = source;
  return (
    (node.type === "Literal" && node["value"] === null) ||
    node.type === "UnaryExpression" ||
    (node.type === "Identifier" && nameOf(node) === "undefined")
  );
}

function isInitializer(bindings: Bindings, node: SyntaxNode): boolean {
  return isNode(bindings.parentOf(node), "VariableDeclarator");
}

function distinct(values: readonly Value[]): readonly Value[] {
  const byKey = new Map<unknown, Value>();
  for (const value of values) {
    byKey.set(
      value.kind === "event" ? value.path : value.kind === "node" ? value.node : value.kind,
      value,
    );
  }
  return byKey.size > mostValues ? unknown : [...byKey.values()];
}
