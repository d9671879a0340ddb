import {
  childrenOf,
  isNode,
  listOf,
  nameOf,
  nodesIn,
  propertiesOf,
  type SyntaxNode,
} from "../code/syntax.ts";
import type { CodeProblem } from "./code-problems.ts";

/** What the template says of a CloudFront Function. */
export interface CloudFrontFunctionUse {
  /** On which event types it is associated. */
  readonly eventTypes: readonly string[];
  readonly hasStore: boolean;
  /** Whether nothing is wrong with its handler already. */
  readonly isParsed: boolean;
}

/** Returns what is wrong in code that parses: each request, or some, would get a 502 or a 503. */
export function cloudFrontCodeProblems(
  program: SyntaxNode,
  { eventTypes, hasStore, isParsed }: CloudFrontFunctionUse,
): readonly CodeProblem[] {
  const nodes = [...nodesIn(program)];
  const problems: CodeProblem[] = [];
  if (isParsed && !nodes.some((node) => isFunctionNamed(node, "handler"))) {
    problems.push({
      ruleId: "FN-I-17",
      problem: "defines no function handler, which CloudFront calls",
      remedy: "Write function handler(event) { … } at the top level.",
    });
  }
  problems.push(...nodes.flatMap(setHeader), ...uncaughtReads(program, nodes));
  if (eventTypes.includes("viewer-response")) problems.push(...nodes.flatMap(freshResponse));
  if (!hasStore && nodes.some(readsAssociatedStore)) {
    problems.push({
      ruleId: "FN-I-31",
      problem: "reads a key value store, and has none",
      remedy: "Name one in KeyValueStoreAssociations of its FunctionConfig.",
    });
  }
  if (nodes.some(logsSeveral)) {
    problems.push({
      ruleId: "FN-I-19",
      severity: "info",
      problem: "logs several values at once, of which CloudFront writes the first",
      remedy: "Join them into one text.",
    });
  }
  return problems;
}

function isFunctionNamed(node: SyntaxNode, name: string): boolean {
  return (
    ["FunctionDeclaration", "VariableDeclarator"].includes(node.type) && nameOf(node["id"]) === name
  );
}

/** FN-I-07: names are lower-case in and out. FN-I-54: a plain string is no header. */
function setHeader({ type, left, right }: SyntaxNode): readonly CodeProblem[] {
  if (type !== "AssignmentExpression" || !isNode(left, "MemberExpression")) return [];
  const name = nameOf(left) ?? "";
  if (nameOf(left["object"]) !== "headers" || name === "") return [];
  if (name !== name.toLowerCase()) {
    return [
      {
        ruleId: "FN-I-07",
        problem: `sets a header whose name is not lower-case: got ${JSON.stringify(name)}`,
        remedy: `Write ${JSON.stringify(name.toLowerCase())}.`,
      },
    ];
  }
  const isText = isNode(right, "TemplateLiteral") || typeof literalOf(right) === "string";
  if (!isText) return [];
  return [
    {
      ruleId: "FN-I-54",
      severity: "warning",
      problem: `sets the header ${JSON.stringify(name)} to a plain string, which is not set`,
      remedy: 'Write { value: "…" }.',
    },
  ];
}

function literalOf(node: unknown): unknown {
  return isNode(node, "Literal") ? node["value"] : undefined;
}

/** FN-I-38: a response of one's own lacks Via, which nobody may delete. */
function freshResponse(node: SyntaxNode): readonly CodeProblem[] {
  if (node.type !== "ReturnStatement") return [];
  const properties = propertiesOf(node["argument"]);
  const named = (name: string): SyntaxNode | undefined =>
    properties.find((property) => nameOf(property) === name);
  const headers = named("headers")?.["value"];
  if (named("statusCode") === undefined) return [];
  if (headers !== undefined && !isNode(headers, "ObjectExpression")) return [];
  return [
    {
      ruleId: "FN-I-38",
      problem:
        "returns a response of its own on viewer-response, which lacks the read-only header Via",
      remedy: "Change event.response, and return it.",
    },
  ];
}

/** `kvs()` of the module, or a variable that holds it. */
function readsAssociatedStore({ type, callee, arguments: args }: SyntaxNode): boolean {
  return (
    type === "CallExpression" &&
    isNode(callee, "MemberExpression") &&
    nameOf(callee) === "kvs" &&
    listOf(args).length === 0
  );
}

/** FN-I-48: a key that is missing rejects, and nobody catches it. */
function uncaughtReads(program: SyntaxNode, nodes: readonly SyntaxNode[]): readonly CodeProblem[] {
  const stores = nodes
    .filter((node) => node.type === "VariableDeclarator" && isStore(node["init"], []))
    .map((node) => nameOf(node["id"]) ?? "");
  const found = awaitedReads(program, stores);
  const isCaught = nodes.some(takesRejection);
  if (!found || isCaught) return [];
  return [
    {
      ruleId: "FN-I-48",
      severity: "warning",
      problem: "reads a key without catching that it is missing, which is a 503",
      remedy: "Put kvs.get into try { … } catch (error) { … }, or ask kvs.exists first.",
    },
  ];
}

/** As `.catch(otherwise)` and `.then(use, otherwise)`. */
function takesRejection({ type, callee, arguments: args }: SyntaxNode): boolean {
  if (type !== "CallExpression") return false;
  return nameOf(callee) === "catch" || (nameOf(callee) === "then" && listOf(args).length > 1);
}

function isStore(node: unknown, stores: readonly string[]): boolean {
  if (!isNode(node)) return false;
  if (node.type === "Identifier") return stores.includes(nameOf(node) ?? "");
  return node.type === "CallExpression" && nameOf(node["callee"]) === "kvs";
}

/** Whether a read of a store stands outside of all `try` blocks, where the code asks exists() nowhere. */
function awaitedReads(node: SyntaxNode, stores: readonly string[]): boolean {
  if ([...nodesIn(node)].some((each) => isCallOf(each, "exists", stores))) return false;
  return hasRead(node, stores);
}

function hasRead(node: SyntaxNode, stores: readonly string[]): boolean {
  if (isCallOf(node, "get", stores)) return true;
  const isTry = node.type === "TryStatement" && isNode(node["handler"]);
  return childrenOf(node)
    .filter((child) => !(isTry && child === node["block"]))
    .some((child) => hasRead(child, stores));
}

function isCallOf(
  { type, callee }: SyntaxNode,
  method: string,
  stores: readonly string[],
): boolean {
  return (
    type === "CallExpression" &&
    isNode(callee, "MemberExpression") &&
    nameOf(callee) === method &&
    isStore(callee["object"], stores)
  );
}

function logsSeveral({ type, callee, arguments: args }: SyntaxNode): boolean {
  return (
    type === "CallExpression" &&
    isNode(callee, "MemberExpression") &&
    nameOf(callee["object"]) === "console" &&
    Array.isArray(args) &&
    args.length > 1
  );
}
