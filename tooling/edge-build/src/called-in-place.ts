import {
  type AnyNode,
  type Expression,
  type FunctionDeclaration,
  type Identifier,
  type IfStatement,
  type Pattern,
  type Program,
  type Statement,
  parse,
} from "acorn";
import { type Edit, edited } from "./edited.ts";
import { nodesWithin } from "./nodes-within.ts";

/**
 * Returns a script that ends in `var a = create(b); exports.handler = a;` with the body of `create` where its
 * declaration was. A function that runs once takes V8 30 to 50 µs of a cold load, whatever it does.
 *
 * It remains a call where something else names the function, or where its body cannot stand by itself: with a
 * `return` in the midst of a statement, with `this`, `arguments` or `var`. Line breaks are kept.
 *
 * @param code The text of a CommonJS file.
 */
export function calledInPlace(code: string): string {
  const program = parse(code, { ecmaVersion: "latest", sourceType: "commonjs" });
  const call = lastCall(program);
  const created = call && declarationOf(call, program);
  if (!call || !created || !canStandAlone(created)) return code;
  const constants = constantsOf(created, call.given, code);
  if (constants === undefined) return code;
  const { body } = created;
  const early = body.body.filter((statement) => isIf(statement) && returnedBy(statement));
  return edited(code, [
    { start: created.start, end: body.start + 1, text: `{${constants}` },
    ...body.body.flatMap(asAssignment),
    { start: created.end, end: created.end, text: "}".repeat(early.length) },
    ...call.statements.map(({ start, end }) => ({ start, end, text: "" })),
  ]);
}

interface LastCall {
  readonly statements: readonly AnyNode[];
  readonly callee: string;
  /** The names that are given. */
  readonly given: readonly string[];
}

function lastCall({ body }: Program): LastCall | undefined {
  const [declaration, assignment] = body.slice(-2);
  if (declaration?.type !== "VariableDeclaration" || !assignment) return undefined;
  const [declarator, ...others] = declaration.declarations;
  const init = declarator?.init;
  if (others.length > 0 || init?.type !== "CallExpression") return undefined;
  if (init.callee.type !== "Identifier" || !init.arguments.every(isIdentifier)) return undefined;
  return {
    statements: [declaration, assignment],
    callee: init.callee.name,
    given: init.arguments.map(({ name }) => name),
  };
}

/** The declaration of what is called, if it may run where it stands. */
function declarationOf(
  { callee, given, statements }: LastCall,
  program: Program,
): FunctionDeclaration | undefined {
  const named = [...nodesWithin(program)].filter(
    (node) => isIdentifier(node) && node.name === callee,
  );
  const index = program.body.findIndex(
    (node) => node.type === "FunctionDeclaration" && node.id.name === callee,
  );
  const created = program.body[index];
  if (created?.type !== "FunctionDeclaration" || created.async || created.generator) {
    return undefined;
  }
  const between = program.body.slice(index + 1, -statements.length);
  const known = program.body.slice(0, index).flatMap(declaredNames);
  const isReady = between.length === 0 && given.every((name) => known.includes(name));
  return named.length === 2 && isReady ? created : undefined;
}

function declaredNames(node: AnyNode): readonly string[] {
  if (node.type !== "VariableDeclaration") return [];
  return node.declarations.flatMap(({ id }) => (isIdentifier(id) ? [id.name] : []));
}

/** The parameters as constants, if that changes no meaning. */
function constantsOf(
  created: FunctionDeclaration,
  given: readonly string[],
  code: string,
): string | undefined {
  const { params } = created;
  const constants = params.map((param, index) => constantOf(param, given[index], code));
  const hidden = new Set(given.filter((name, index) => !isNamed(params[index], name)));
  const isHiding = [...nodesWithin(created)].some(
    (node) => isIdentifier(node) && hidden.has(node.name),
  );
  if (given.length > params.length || isHiding || constants.includes(undefined)) return undefined;
  return constants.join("");
}

function constantOf(param: Pattern, given: string | undefined, code: string): string | undefined {
  if (given !== undefined && isNamed(param, given)) return "";
  if (isIdentifier(param)) return given && ` const ${param.name} = ${given};`;
  if (param.type !== "AssignmentPattern" || given !== undefined) return undefined;
  return ` const ${code.slice(param.start, param.end)};`;
}

function isNamed(param: Pattern | undefined, name: string): boolean {
  return param !== undefined && isIdentifier(param) && param.name === name;
}

/** Whether each `return` is a statement of the body itself, or all that an `if` of the body's own has. */
function canStandAlone({ body }: FunctionDeclaration): boolean {
  const own = [...nodesWithin(body, isFunction)];
  const returns = own.filter(({ type }) => type === "ReturnStatement");
  const hasVar = own.some((node) => node.type === "VariableDeclaration" && node.kind === "var");
  const withArrows = nodesWithin(body, (node) => isFunction(node) && !isArrow(node));
  const speaksOfCall = [...withArrows].some(
    (node) =>
      node.type === "ThisExpression" ||
      (isIdentifier(node) && ["arguments", "exports"].includes(node.name)),
  );
  return (
    body.body.at(-1)?.type === "ReturnStatement" &&
    returns.length === body.body.filter(returnedBy).length &&
    !hasVar &&
    !speaksOfCall
  );
}

/** What a statement of the body returns, if it does nothing else. */
function returnedBy(statement: Statement): Expression | undefined {
  const returns = isIf(statement) ? statement.consequent : statement;
  return returns.type === "ReturnStatement" ? (returns.argument ?? undefined) : undefined;
}

function asAssignment(statement: Statement): readonly Edit[] {
  const returned = returnedBy(statement);
  if (!returned) return [];
  const { start } = isIf(statement) ? statement.consequent : statement;
  const assigned = { start, end: returned.start, text: "exports.handler = " };
  const rest = { start: statement.end, end: statement.end, text: " else {" };
  return isIf(statement) ? [assigned, rest] : [assigned];
}

function isIf(statement: Statement): statement is IfStatement {
  return statement.type === "IfStatement" && !statement.alternate;
}

function isIdentifier(node: AnyNode): node is Identifier {
  return node.type === "Identifier";
}

function isFunction(node: AnyNode): boolean {
  return node.type === "FunctionDeclaration" || node.type === "FunctionExpression" || isArrow(node);
}

function isArrow({ type }: AnyNode): boolean {
  return type === "ArrowFunctionExpression";
}
