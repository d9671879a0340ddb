import { isFunction, isNode, nameOf, nodesIn, propertiesOf, type SyntaxNode } from "./syntax.ts";

/** What a module exports by a name. */
export type ExportedHandler =
  | { readonly kind: "absent"; readonly exports: readonly string[] }
  /** Exported, or perhaps exported: what is computed cannot be told. */
  | { readonly kind: "unknown" }
  | { readonly kind: "function"; readonly node: SyntaxNode };

/** Finds an export in a module or in CommonJS, bundled or not. */
export function exportedHandler(program: SyntaxNode, name: string): ExportedHandler {
  const exports = new Map<string, unknown>();
  let isComplete = true;
  for (const node of nodesIn(program)) {
    if (!collect(node, exports, program)) isComplete = false;
  }
  if (!exports.has(name)) {
    return isComplete ? { kind: "absent", exports: [...exports.keys()] } : { kind: "unknown" };
  }
  const node = functionOf(exports.get(name), program);
  return node === undefined ? { kind: "unknown" } : { kind: "function", node };
}

/** Adds what a node exports. Returns false where it exports what cannot be told. */
function collect(node: SyntaxNode, exports: Map<string, unknown>, program: SyntaxNode): boolean {
  switch (node.type) {
    case "ExportAllDeclaration":
      return false;
    case "ExportNamedDeclaration":
      collectNamed(node, exports);
      return true;
    case "AssignmentExpression":
      return collectAssigned(node, exports, program);
    case "CallExpression":
      return collectDefined(node, exports);
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
): boolean {
  if (isModuleExports(left)) return collectWhole(right, exports, program);
  if (!isNode(left, "MemberExpression")) return true;
  const { object } = left;
  if (nameOf(object) !== "exports") return true;
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
function collectDefined(node: SyntaxNode, exports: Map<string, unknown>): boolean {
  const [target, name] = listOf(node["arguments"]);
  if (nameOf(node["callee"]) !== "defineProperty" || nameOf(target) !== "exports") return true;
  const defined = nameOf(name);
  if (defined === undefined) return false;
  exports.set(defined, undefined);
  return true;
}

function isModuleExports(node: unknown): boolean {
  return (
    isNode(node, "MemberExpression") &&
    nameOf(node) === "exports" &&
    nameOf(node["object"]) === "module"
  );
}

/** Follows a name to the function that it stands for. */
function functionOf(value: unknown, program: SyntaxNode): SyntaxNode | undefined {
  if (isFunction(value)) return value;
  if (!isNode(value, "Identifier")) return undefined;
  for (const node of nodesIn(program)) {
    if (node.type === "FunctionDeclaration" && nameOf(node["id"]) === nameOf(value)) return node;
    const isVariable = node.type === "VariableDeclarator" && nameOf(node["id"]) === nameOf(value);
    if (isVariable && isFunction(node["init"])) return node["init"];
  }
  return undefined;
}

function listOf(value: unknown): readonly SyntaxNode[] {
  return Array.isArray(value) ? value.filter((each) => isNode(each)) : [];
}
