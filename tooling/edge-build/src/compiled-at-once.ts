import { type AnyNode, type FunctionDeclaration, type Program, parse } from "acorn";
import { type Edit, edited } from "./edited.ts";
import { nodesWithin } from "./nodes-within.ts";

/**
 * Returns a script with its functions in parentheses, which tell V8 to compile them along with the script.
 * It would otherwise read each of them once to find its end, with a parser of its own, and again when it is
 * first called, as nearly all functions of a handler are by the first event: half the time of a cold load.
 *
 * Declarations become assignments, as far as none can be called before its own. What stays a declaration is
 * compiled when it is called, as ever. Line breaks are kept.
 *
 * @param code The text of a CommonJS file.
 */
export function compiledAtOnce(code: string): string {
  const program = parse(code, { ecmaVersion: "latest", sourceType: "commonjs" });
  return edited(code, [
    ...assignable(program).flatMap((node) => [
      ...around(node, `var ${node.id.name} = (`, ");"),
      // Its name is that of what it is assigned to.
      { start: node.id.start, end: node.id.end, text: "" },
    ]),
    ...expressions(program).flatMap((node) => around(node, "(", ")")),
  ]);
}

function around({ start, end }: AnyNode, before: string, behind: string): readonly Edit[] {
  return [
    { start, end: start, text: before },
    { start: end, end, text: behind },
  ];
}

/** A declaration is there before the first statement runs, an assignment is not. */
function assignable({ body }: Program): readonly FunctionDeclaration[] {
  const names = new Set(body.flatMap((node) => (isDeclaration(node) ? [node.id.name] : [])));
  const firstUse = body.findIndex((node) => !isDeclaration(node) && runsAny(node, names));
  return body.slice(0, firstUse < 0 ? body.length : firstUse).filter(isDeclaration);
}

function isDeclaration(node: AnyNode): node is FunctionDeclaration {
  return node.type === "FunctionDeclaration";
}

/** Whether a statement may call one of the functions: a function that is only kept calls none. */
function runsAny(statement: AnyNode, names: ReadonlySet<string>): boolean {
  const isKept = (node: AnyNode): boolean =>
    node.type === "VariableDeclarator" && !!node.init && isFunction(node.init);
  return [...nodesWithin(statement, isKept)].some(
    (node) => node.type === "Identifier" && names.has(node.name),
  );
}

function isFunction({ type }: AnyNode): boolean {
  return type === "FunctionExpression" || type === "ArrowFunctionExpression";
}

/** Functions that can stand in parentheses: all expressions but those that are methods. */
function expressions(program: Program): readonly AnyNode[] {
  const nodes = [...nodesWithin(program)];
  const methods = new Set(nodes.flatMap((node) => methodOf(node) ?? []));
  return nodes.filter((node) => isFunction(node) && !methods.has(node));
}

function methodOf(node: AnyNode): AnyNode | undefined {
  if (node.type === "MethodDefinition") return node.value;
  return node.type === "Property" && (node.method || node.kind !== "init") ? node.value : undefined;
}
