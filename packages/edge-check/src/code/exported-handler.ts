import { bindingsOf, type Bindings } from "./bindings.ts";
import {
  isFunction,
  isNode,
  listOf,
  nameOf,
  nodesIn,
  propertiesOf,
  type SyntaxNode,
} from "./syntax.ts";

/** What a module exports by a name. */
export type ExportedHandler =
  | { readonly kind: "absent"; readonly exports: readonly string[] }
  /** Exported, or perhaps exported: what is computed cannot be known. */
  | { readonly kind: "unknown" }
  | { readonly kind: "function"; readonly node: SyntaxNode };

/**
 * Finds an export in a module or in CommonJS, bundled or not. What a library within a bundle calls its
 * `exports` is none of the file's.
 */
export function exportedHandler(
  program: SyntaxNode,
  name: string,
  bindings: Bindings = bindingsOf(program),
): ExportedHandler {
  const exports = new Map<string, unknown>();
  let isComplete = !usesExportsFreely(bindings);
  for (const node of nodesIn(program)) {
    if (!collect(node, exports, program, bindings)) isComplete = false;
  }
  if (!exports.has(name)) {
    return isComplete ? { kind: "absent", exports: [...exports.keys()] } : { kind: "unknown" };
  }
  const node = functionOf(exports.get(name), bindings);
  return node === undefined ? { kind: "unknown" } : { kind: "function", node };
}

/** `const target = exports;`, `__exportStar(require("./main"), exports)`, `Object.assign(module.exports, …)`. */
function usesExportsFreely(bindings: Bindings): boolean {
  const wholes = bindings.globals("module").map((each) => bindings.parentOf(each) ?? each);
  const isFree = (node: SyntaxNode): boolean => {
    const parent = bindings.parentOf(node);
    if (isNode(parent, "MemberExpression")) return parent["object"] !== node;
    if (isNode(parent, "AssignmentExpression")) return parent["left"] !== node;
    return !(isNode(parent, "CallExpression") && nameOf(parent["callee"]) === "defineProperty");
  };
  return [...bindings.globals("exports"), ...wholes].some(isFree);
}

/** Adds what a node exports. Returns false where it exports what cannot be known. */
function collect(
  node: SyntaxNode,
  exports: Map<string, unknown>,
  program: SyntaxNode,
  bindings: Bindings,
): boolean {
  switch (node.type) {
    case "ExportAllDeclaration":
      return false;
    case "ExportNamedDeclaration":
      collectNamed(node, exports);
      return true;
    case "AssignmentExpression":
      return collectAssigned(node, exports, program, bindings);
    case "CallExpression":
      return collectDefined(node, exports, bindings);
    default:
      return true;
  }
}

function collectNamed(node: SyntaxNode, exports: Map<string, unknown>): void {
  for (const specifier of listOf(node["specifiers"])) {
    exports.set(nameOf(specifier["exported"]) ?? "", specifier["local"]);
  }
  const declaration = node["declaration"];
  if (isFunction(declaration)) exports.set(nameOf(declaration["id"]) ?? "", declaration);
  if (!isNode(declaration, "VariableDeclaration")) return;
  for (const { id, init } of listOf(declaration["declarations"])) {
    exports.set(nameOf(id) ?? "", init);
  }
}

/** `exports.handler = …`, `module.exports.handler = …`, `module.exports = { … }`. */
function collectAssigned(
  { left, right }: SyntaxNode,
  exports: Map<string, unknown>,
  program: SyntaxNode,
  bindings: Bindings,
): boolean {
  if (isModuleExports(left, bindings)) return collectWhole(right, exports, program);
  if (!isNode(left, "MemberExpression") || !isExports(left["object"], bindings)) return true;
  const name = nameOf(left);
  if (name === undefined) return false;
  // Compilers write `exports.handler = void 0` first.
  if (!isNode(right, "UnaryExpression")) exports.set(name, right);
  return true;
}

function collectWhole(value: unknown, exports: Map<string, unknown>, program: SyntaxNode): boolean {
  if (isNode(value, "ObjectExpression")) {
    const all = listOf(value["properties"]);
    for (const property of propertiesOf(value)) {
      exports.set(nameOf(property) ?? "", property["value"]);
    }
    return all.every((property) => isNode(property, "Property") && nameOf(property) !== undefined);
  }
  // esbuild: `__export(source, { handler: () => handler }); module.exports = __toCommonJS(source);`
  const [source] = isNode(value, "CallExpression") ? listOf(value["arguments"]) : [];
  const calls = [...nodesIn(program)].filter((node) => node.type === "CallExpression");
  const getters = calls
    .map((call) => listOf(call["arguments"]))
    .find(
      ([first, second]) =>
        second && isNode(source, "Identifier") && nameOf(first) === nameOf(source),
    );
  if (!isNode(getters?.[1], "ObjectExpression")) return false;
  for (const property of propertiesOf(getters[1])) {
    const getter = property["value"];
    exports.set(nameOf(property) ?? "", isFunction(getter) ? getter["body"] : getter);
  }
  return true;
}

/** `Object.defineProperty(exports, "handler", …)`. */
function collectDefined(
  node: SyntaxNode,
  exports: Map<string, unknown>,
  bindings: Bindings,
): boolean {
  const [target, name] = listOf(node["arguments"]);
  if (nameOf(node["callee"]) !== "defineProperty" || !isExports(target, bindings)) return true;
  const defined = nameOf(name);
  if (defined === undefined) return false;
  exports.set(defined, undefined);
  return true;
}

/** `exports` or `module.exports`, where these are the file's own. */
function isExports(node: unknown, bindings: Bindings): boolean {
  return isGlobal(node, "exports", bindings) || isModuleExports(node, bindings);
}

function isModuleExports(node: unknown, bindings: Bindings): boolean {
  return (
    isNode(node, "MemberExpression") &&
    nameOf(node) === "exports" &&
    isGlobal(node["object"], "module", bindings)
  );
}

function isGlobal(node: unknown, name: string, bindings: Bindings): boolean {
  return isNode(node, "Identifier") && nameOf(node) === name && bindings.of(node) === undefined;
}

/**
 * Follows a name, or a call of a function of this file, to the function that it stands for.
 *
 * @param seen what was followed on the way: code may go in circles.
 */
function functionOf(
  value: unknown,
  bindings: Bindings,
  seen: ReadonlySet<unknown> = new Set(),
): SyntaxNode | undefined {
  if (isFunction(value)) return value;
  if (seen.has(value)) return undefined;
  const follow = (next: unknown): SyntaxNode | undefined =>
    functionOf(next, bindings, new Set([...seen, value]));
  if (isNode(value, "CallExpression")) {
    // esbuild keeps the names of functions by `__name(…)`.
    if (nameOf(value["callee"]) === "__name") return follow(listOf(value["arguments"])[0]);
    const maker = follow(value["callee"]);
    return maker && follow(returnedBy(maker));
  }
  const [source, ...others] = (isNode(value, "Identifier") && bindings.of(value)?.sources) || [];
  if (others.length > 0 || (source?.kind !== "function" && source?.kind !== "expression")) {
    return undefined;
  }
  return source.kind === "expression" && source.path.length > 0 ? undefined : follow(source.node);
}

/** The expression that a function returns, where it is one: `(options) => async (event) => event`. */
function returnedBy({ body }: SyntaxNode): unknown {
  if (!isNode(body, "BlockStatement")) return body;
  const [first, ...others] = [...nodesIn(body, true)].filter(
    ({ type }) => type === "ReturnStatement",
  );
  return others.length > 0 ? undefined : first?.["argument"];
}
