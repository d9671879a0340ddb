import type {
  AnyNode,
  CallExpression,
  Identifier,
  MemberExpression,
  NewExpression,
  Program,
} from "acorn";
import { absentMethods, builtIns, runtimeModules } from "./built-ins.ts";
import { childNodes } from "../syntax/child-nodes.ts";
import { lineAt } from "./token-text.ts";
import type { CloudFrontJsAbsence, CloudFrontJsRuntime } from "./violation.ts";

/** What a program declares, wherever it does. */
interface Declared {
  readonly names: ReadonlySet<string>;
  /** Of object literals, and of assignments as in `list.at = …`. */
  readonly members: ReadonlySet<string>;
}

// What every function, constructor and prototype has by nature.
const natural: ReadonlySet<string> = new Set(["prototype", "constructor", "name", "length"]);

/** What the visitor of a program asks. */
interface Scope {
  readonly declared: Declared;
  readonly runtime: CloudFrontJsRuntime;
}

type Absence = Pick<CloudFrontJsAbsence, "kind" | "name" | "text" | "isCertain" | "remedy"> & {
  readonly at: AnyNode;
};

/**
 * Returns the built-ins that a program names and the runtime lacks, in the order of the code. A name that the
 * program declares anywhere, or only asks for with `typeof`, is none.
 */
export function findAbsences(
  code: string,
  program: Program,
  runtime: CloudFrontJsRuntime,
): readonly CloudFrontJsAbsence[] {
  const scope: Scope = { declared: declarationsIn(program), runtime };
  const factId = runtime === "cloudfront-js-1.0" ? "FN-I-46" : "FN-I-45";
  const visit = (node: AnyNode, parent: AnyNode | undefined): readonly Absence[] => [
    ...absencesAt(node, parent, scope),
    ...childNodes(node).flatMap((child) => visit(child, node)),
  ];
  return visit(program, undefined)
    .map(({ at: { start: offset }, ...absence }) => ({
      ...absence,
      line: lineAt(code, offset),
      offset,
      factId,
    }))
    .toSorted((a, b) => a.offset - b.offset);
}

function absencesAt(node: AnyNode, parent: AnyNode | undefined, scope: Scope): readonly Absence[] {
  switch (node.type) {
    case "Identifier":
      return isReference(node, parent) ? absentGlobal(node, scope) : [];
    case "MemberExpression":
      return absentMember(node, parent, scope);
    case "CallExpression":
    case "NewExpression":
      return isGlobal(node.callee, scope) ? absentByCall(node, node.callee, scope) : [];
    default:
      return [];
  }
}

function isGlobal(node: AnyNode, { declared }: Scope): node is Identifier {
  return node.type === "Identifier" && !declared.names.has(node.name);
}

function absentGlobal(node: Identifier, scope: Scope): readonly Absence[] {
  const { name } = node;
  const globals = builtIns[scope.runtime]["globals"] ?? [];
  if (!isGlobal(node, scope) || [...globals, "arguments", "eval"].includes(name)) return [];
  return [
    {
      at: node,
      kind: "global",
      name,
      text: `ReferenceError: "${name}" is not defined`,
      isCertain: true,
      remedy: `The runtime has no ${name}: declare it, or do without.`,
    },
  ];
}

function absentMember(
  member: MemberExpression,
  parent: AnyNode | undefined,
  scope: Scope,
): readonly Absence[] {
  const { object, property } = member;
  const name = memberName(member);
  if (name === undefined || scope.declared.members.has(name)) return [];
  const text = `TypeError: (intermediate value)["${name}"] is not a function`;
  const absence = { at: property, kind: "member", text } as const;
  const members = isGlobal(object, scope) ? builtIns[scope.runtime][object.name] : undefined;
  if (members !== undefined && isGlobal(object, scope)) {
    const path = `${object.name}.${name}`;
    return members.includes(name) || natural.has(name)
      ? []
      : [
          {
            ...absence,
            name: path,
            isCertain: true,
            remedy: `The runtime has no ${path}: do without.`,
          },
        ];
  }
  const isCalled = parent?.type === "CallExpression" && parent.callee === member;
  if (!isCalled || !absentMethods[scope.runtime].includes(name)) return [];
  return [
    {
      ...absence,
      name,
      isCertain: ["ArrayExpression", "Literal", "TemplateLiteral"].includes(object.type),
      remedy: `The runtime's arrays and strings have no ${name}(): do without.`,
    },
  ];
}

/** The code that `Function` would make, and the module that `require` would not find. */
function absentByCall(
  node: CallExpression | NewExpression,
  callee: Identifier,
  { runtime }: Scope,
): readonly Absence[] {
  if (callee.name === "Function") {
    return [
      {
        at: node,
        kind: "global",
        name: "Function",
        text: 'TypeError: function constructor is disabled in "safe" mode',
        isCertain: true,
        remedy: "Write the function out: code cannot be made at run time.",
      },
    ];
  }
  const [argument] = node.arguments;
  if (callee.name !== "require" || argument?.type !== "Literal") return [];
  const name = String(argument.value);
  const modules = runtimeModules[runtime];
  if (modules.includes(name)) return [];
  return [
    {
      at: argument,
      kind: "module",
      name,
      text: `Error: Cannot find module "${name}"`,
      isCertain: true,
      remedy: `require finds ${modules.join(", ")}.`,
    },
  ];
}

function memberName({ computed, property }: MemberExpression): string | undefined {
  if (!computed) return property.type === "Identifier" ? property.name : undefined;
  return property.type === "Literal" && typeof property.value === "string"
    ? property.value
    : undefined;
}

/** Says whether an identifier stands for a value, and is not only asked for with `typeof`. */
function isReference(node: Identifier, parent: AnyNode | undefined): boolean {
  switch (parent?.type) {
    case "MemberExpression":
      return parent.object === node || parent.computed;
    case "Property":
      return parent.value === node || parent.computed;
    case "UnaryExpression":
      return parent.operator !== "typeof";
    case "LabeledStatement":
    case "BreakStatement":
    case "ContinueStatement":
    case "ImportDefaultSpecifier":
      return false;
    default:
      return true;
  }
}

function declarationsIn(program: Program): Declared {
  const names = new Set<string>();
  const members = new Set<string>();
  const declare = (node: AnyNode | null | undefined): void => {
    if (node?.type === "Identifier") names.add(node.name);
    if (node?.type === "RestElement") declare(node.argument);
  };
  const visit = (node: AnyNode): void => {
    if (node.type === "VariableDeclarator") declare(node.id);
    if (node.type === "CatchClause") declare(node.param);
    if (node.type === "ImportDefaultSpecifier") declare(node.local);
    if (
      node.type === "FunctionDeclaration" ||
      node.type === "FunctionExpression" ||
      node.type === "ArrowFunctionExpression"
    ) {
      declare(node.id);
      for (const parameter of node.params) declare(parameter);
    }
    if (node.type === "Property") {
      if (node.key.type === "Identifier" && !node.computed) members.add(node.key.name);
      if (node.key.type === "Literal") members.add(String(node.key.value));
    }
    if (node.type === "AssignmentExpression") {
      const name = node.left.type === "MemberExpression" ? memberName(node.left) : undefined;
      if (name !== undefined) members.add(name);
    }
    for (const child of childNodes(node)) visit(child);
  };
  visit(program);
  return { names, members };
}
