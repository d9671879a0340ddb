import type { AnyNode, Program } from "acorn";
import { childNodes } from "cf-rules/syntax";

/** Methods that depend on nothing but what they are given, and leave it as it is. */
const pureMethods = new Set(
  `assign concat entries filter freeze from fromEntries join keys kvs map of slice split toLowerCase toString
  toUpperCase trim values`.split(/\s+/),
);

/**
 * Returns the names of a program's top-level bindings where it may be evaluated once for many invocations: what it
 * does until it is called is the same each time, and no binding is ever given another value. Whether a handler
 * changes an object behind a binding is not seen here: they are frozen, and one that tries is run the other way.
 */
export function keptNames(program: Program): readonly string[] | undefined {
  const names = program.body.flatMap(namesOf);
  const functions = new Set(program.body.flatMap(functionNamesOf));
  const isOnce =
    program.body.every((node) => isPureStatement(node, functions)) &&
    !assignsTo(program, new Set(names));
  return isOnce ? names : undefined;
}

function namesOf(node: AnyNode): readonly string[] {
  if (node.type === "FunctionDeclaration") return node.id === null ? [] : [node.id.name];
  if (node.type === "ImportDeclaration") return node.specifiers.map(({ local }) => local.name);
  if (node.type !== "VariableDeclaration") return [];
  return node.declarations.flatMap(({ id }) => (id.type === "Identifier" ? [id.name] : []));
}

function functionNamesOf(node: AnyNode): readonly string[] {
  if (node.type === "FunctionDeclaration") return namesOf(node);
  if (node.type !== "VariableDeclaration") return [];
  return node.declarations.flatMap(({ id, init }) =>
    id.type === "Identifier" && /Function/.test(init?.type ?? "") ? [id.name] : [],
  );
}

function isPureStatement(node: AnyNode, functions: ReadonlySet<string>): boolean {
  switch (node.type) {
    case "EmptyStatement":
    case "FunctionDeclaration":
    case "ImportDeclaration":
      return true;
    case "ExpressionStatement":
      return node.directive !== undefined;
    case "VariableDeclaration":
      return node.declarations.every(({ init }) => isPure(init, functions));
    default:
      return false;
  }
}

/**
 * @param functions names of the program's functions
 * @param isCalled whether functions in it are called at once
 */
function isPure(
  node: AnyNode | null | undefined,
  functions: ReadonlySet<string>,
  isCalled = false,
): boolean {
  const isPureNode = (child: AnyNode): boolean => isPure(child, functions, isCalled);
  if (node === null || node === undefined) return true;
  switch (node.type) {
    case "ArrowFunctionExpression":
    case "FunctionExpression":
      return !isCalled || (node.body.type !== "BlockStatement" && isPureNode(node.body));
    case "AssignmentExpression":
    case "UpdateExpression":
    case "NewExpression":
    case "AwaitExpression":
    case "TaggedTemplateExpression":
      return false;
    case "CallExpression": {
      const { callee } = node;
      const isPureCallee =
        callee.type === "Identifier"
          ? callee.name === "require"
          : callee.type === "MemberExpression" &&
            isPureNode(callee.object) &&
            callee.property.type === "Identifier" &&
            pureMethods.has(callee.property.name);
      return isPureCallee && node.arguments.every((child) => isPure(child, functions, true));
    }
    case "MemberExpression":
      return isPureNode(node.object) && (!node.computed || isPureNode(node.property));
    case "Property":
      // To read an accessor is to call it.
      return (
        node.kind === "init" && isPureNode(node.value) && (!node.computed || isPureNode(node.key))
      );
    case "Identifier":
      return !isCalled || !functions.has(node.name);
    case "Literal":
      // A regular expression with one of these flags has a state.
      return !("regex" in node && /[gy]/.test(node.regex?.flags ?? ""));
    default:
      return childNodes(node).every(isPureNode);
  }
}

function assignsTo(node: AnyNode, names: ReadonlySet<string>): boolean {
  const target =
    node.type === "AssignmentExpression" || node.type === "ForInStatement"
      ? node.left
      : node.type === "UpdateExpression"
        ? node.argument
        : undefined;
  if (target?.type === "Identifier" && names.has(target.name)) return true;
  return childNodes(node).some((child) => assignsTo(child, names));
}
