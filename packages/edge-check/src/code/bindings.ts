import { type ProgramNames, resolveNames } from "cf-rules/syntax";
import { isFunction, isNode, listOf, nameOf, type SyntaxNode } from "./syntax.ts";

type Variable = NonNullable<ReturnType<ProgramNames["variableOf"]>>;
type Reference = Variable["references"][number];

/** Where the value of a name comes from. */
export type BindingSource =
  /** A member of a parameter, as `["headers"]` of `({ headers }) => …`. */
  | {
      readonly kind: "parameter";
      readonly function: SyntaxNode;
      readonly index: number;
      readonly path: readonly string[];
    }
  /** A member of an expression, as `["request"]` of `const { request } = cf`. */
  | { readonly kind: "expression"; readonly node: SyntaxNode; readonly path: readonly string[] }
  | { readonly kind: "function"; readonly node: SyntaxNode }
  | { readonly kind: "unknown" };

/** A name of a program, wherever it is used. */
export interface Binding {
  readonly sources: readonly BindingSource[];
  /** The identifiers that stand for it. */
  readonly uses: readonly SyntaxNode[];
}

/** What the names of a program stand for, and what holds what. */
export interface Bindings {
  /** Undefined for globals, `exports` and `module` among them. */
  of(identifier: SyntaxNode): Binding | undefined;
  /** The identifiers that stand for a global, as `exports` is one. */
  globals(name: string): readonly SyntaxNode[];
  parentOf(node: SyntaxNode): SyntaxNode | undefined;
}

/** Resolves the names of a program that parseScript returned. */
export function bindingsOf(program: SyntaxNode): Bindings {
  const names = resolveNames(program as unknown as Parameters<typeof resolveNames>[0]);
  const bindings = new Map<Variable, Binding>();
  return {
    of(identifier) {
      const variable = names.variableOf(identifier);
      if (variable === undefined) return undefined;
      const binding = bindings.get(variable) ?? bindingOf(variable, names);
      bindings.set(variable, binding);
      return binding;
    },
    globals: (name) => listOf(names.globals).filter((each) => nameOf(each) === name),
    parentOf: (node) => nodeOf(names.parentOf(node)),
  };
}

function nodeOf(value: unknown): SyntaxNode | undefined {
  return isNode(value) ? value : undefined;
}

function bindingOf({ name, defs, references }: Variable, names: ProgramNames): Binding {
  const defined = defs.flatMap((definition): readonly BindingSource[] => {
    const node: unknown = definition.node;
    if (definition.type === "FunctionName" && isNode(node)) return [{ kind: "function", node }];
    if (definition.type === "Parameter" && isFunction(node)) return [parameter(node, name)];
    // What a variable is initialized with is one of the references that write to it.
    return definition.type === "Variable" ? [] : [{ kind: "unknown" }];
  });
  const written = references
    .filter((reference) => reference.isWrite())
    .flatMap((reference) => writtenBy(reference, name, names));
  const uses = listOf(references.map(({ identifier }) => identifier));
  return { sources: [...defined, ...written], uses };
}

function parameter(owner: SyntaxNode, name: string): BindingSource {
  const parameters = listOf(owner["params"]);
  for (const [index, pattern] of parameters.entries()) {
    const path = pathTo(name, pattern);
    if (path !== undefined) return { kind: "parameter", function: owner, index, path };
  }
  return { kind: "unknown" };
}

function writtenBy(
  reference: Reference,
  name: string,
  names: ProgramNames,
): readonly BindingSource[] {
  const node: unknown = reference.writeExpr;
  const owner = nodeOf(names.parentOf(node));
  // A default is there for what an event always has.
  if (owner?.type === "AssignmentPattern") return [];
  const pattern = owner?.[owner.type === "VariableDeclarator" ? "id" : "left"];
  if (!isNode(node) || !reference.isWriteOnly()) return [{ kind: "unknown" }];
  const isLoop = owner?.type.startsWith("For") === true;
  const path = isLoop ? undefined : pathTo(name, pattern);
  return [path === undefined ? { kind: "unknown" } : { kind: "expression", node, path }];
}

/** The members that lead to a name in a pattern: `["a", "0"]` for `b` in `{ a: [b] }`. */
function pathTo(name: string, pattern: unknown): readonly string[] | undefined {
  if (!isNode(pattern)) return undefined;
  if (pattern.type === "Identifier") return nameOf(pattern) === name ? [] : undefined;
  if (pattern.type === "AssignmentPattern") return pathTo(name, pattern["left"]);
  for (const [key, value] of membersOf(pattern)) {
    const path = pathTo(name, value);
    if (path !== undefined) return [key, ...path];
  }
  return undefined;
}

function membersOf(pattern: SyntaxNode): readonly (readonly [string, unknown])[] {
  if (pattern.type === "ArrayPattern" && Array.isArray(pattern["elements"])) {
    return pattern["elements"].map((element: unknown, index) => [String(index), element]);
  }
  return listOf(pattern["properties"]).flatMap((property) => {
    const key = nameOf(property);
    return key === undefined ? [] : [[key, property["value"]]];
  });
}
