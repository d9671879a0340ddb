import { parseScript as parse } from "cf-rules/syntax";

/** A node of JavaScript's syntax tree (ESTree). */
export interface SyntaxNode {
  readonly type: string;
  readonly [field: string]: unknown;
}

/** Says whether a value of a syntax tree is a node, of the given type where one is given. */
export function isNode(value: unknown, type?: string): value is SyntaxNode {
  return (
    typeof value === "object" &&
    value !== null &&
    "type" in value &&
    typeof value.type === "string" &&
    (type === undefined || value.type === type)
  );
}

/** Parses JavaScript, as a module or as CommonJS; undefined where it is neither. */
export function parseScript(text: string): SyntaxNode | undefined {
  const program: unknown = parse(text);
  return isNode(program) ? program : undefined;
}

/** Yields a node and all nodes within it; not those of functions within it where that is asked for. */
export function* nodesIn(node: SyntaxNode, own = false): Generator<SyntaxNode> {
  yield node;
  for (const child of childrenOf(node)) {
    if (!(own && isFunction(child))) yield* nodesIn(child, own);
  }
}

/** Returns the nodes right below a node. */
export function childrenOf(node: SyntaxNode): readonly SyntaxNode[] {
  return Object.values(node)
    .flat()
    .filter((child) => isNode(child));
}

const functionTypes = ["FunctionDeclaration", "FunctionExpression", "ArrowFunctionExpression"];

/** Says whether a node is a function. */
export function isFunction(node: unknown): node is SyntaxNode {
  return isNode(node) && functionTypes.includes(node.type);
}

/** Returns the name of a property, of a member access or of an identifier, where it is written out. */
export function nameOf(node: unknown): string | undefined {
  if (!isNode(node)) return undefined;
  switch (node.type) {
    case "Identifier":
      return String(node["name"]);
    case "Literal":
      return typeof node["value"] === "string" ? node["value"] : undefined;
    case "MemberExpression":
      return node["computed"] === true && isNode(node["property"], "Identifier")
        ? undefined
        : nameOf(node["property"]);
    case "Property":
      return node["computed"] === true ? undefined : nameOf(node["key"]);
    default:
      return undefined;
  }
}

/** Returns the properties of an object literal; what is spread into it is left out. */
export function propertiesOf(node: unknown): readonly SyntaxNode[] {
  if (!isNode(node, "ObjectExpression")) return [];
  const properties: unknown = node["properties"];
  return Array.isArray(properties) ? properties.filter((each) => isNode(each, "Property")) : [];
}

/** Returns the nodes of a list, as in the arguments of a call. */
export function listOf(value: unknown): readonly SyntaxNode[] {
  return Array.isArray(value) ? value.filter((each) => isNode(each)) : [];
}
