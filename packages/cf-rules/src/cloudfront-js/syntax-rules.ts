import type { AnyNode } from "acorn";
import { runtimeModules } from "./built-ins.ts";
import { childNodes } from "../syntax/child-nodes.ts";
import { refuseFunction, refuseArrowFunction } from "./function-rules.ts";
import { destructuring, isPattern } from "./patterns.ts";
import { unexpected, unsupported } from "./syntax-finding.ts";
import type { SyntaxFinding } from "./syntax-finding.ts";
import { endOfToken, nextTokenAt } from "./token-text.ts";
import type { CloudFrontJsRuntime } from "./violation.ts";

/** What a rule asks of the code. */
export interface SyntaxScope {
  readonly code: string;
  readonly runtime: CloudFrontJsRuntime;
}

type NodeType = AnyNode["type"];
type NodeOf<Type extends NodeType> = Extract<AnyNode, { type: Type }>;
type Findings = readonly SyntaxFinding[];

const forOf = "Use for (var i = 0; i < list.length; i++) or list.forEach(function (item) { … }).";
const spread = "Use concat, apply or Object.assign: there is no spread.";
const noClass = "Write functions and object literals: there are no classes.";
const noGenerator = "Write a plain function that returns an array: there are no generators.";
const nonDefaultImport = {
  text: "SyntaxError: Non-default import is not supported",
  remedy: "Write import crypto from 'crypto': only default imports of the runtime's modules work.",
  factId: "FN-I-19",
} as const;

const refuseClass = ({ start }: AnyNode, { code }: SyntaxScope): Findings => [
  unsupported(code, start, noClass),
];
const refuseExport = ({ start }: AnyNode): Findings => [
  {
    text: "SyntaxError: Illegal export statement",
    offset: start,
    remedy: "Remove export: CloudFront calls the function named handler.",
    factId: "FN-I-17",
  },
];
/** Where a statement begins with `import`, it is taken for a declaration. */
const refuseNonDefaultImport = ({ start }: AnyNode, { code }: SyntaxScope): Findings => {
  const before = code.slice(0, start);
  const isNested = before.split("{").length > before.split("}").length;
  const text = isNested ? "SyntaxError: Illegal import statement" : nonDefaultImport.text;
  return /(?:^|[;{}])\s*$/.test(before)
    ? [{ ...nonDefaultImport, text, offset: start }]
    : [unsupported(code, start, nonDefaultImport.remedy, nonDefaultImport.factId)];
};
const refuseSpread = (nodes: readonly (AnyNode | null)[], code: string): Findings =>
  nodes.flatMap((node) =>
    node?.type === "SpreadElement" ? [unexpected(code, node.start, spread)] : [],
  );

const rules: {
  readonly [Type in NodeType]?: (node: NodeOf<Type>, scope: SyntaxScope) => Findings;
} = {
  ForOfStatement: ({ await: isAwait, left, start }, { code }) =>
    isAwait
      ? [unsupported(code, code.indexOf("await", start), forOf, "FN-I-26")]
      : [
          ...patternsInLoopHead(left, code),
          unsupported(code, nextTokenAt(code, left.end), forOf, "FN-I-26"),
        ],
  ForInStatement: ({ left }, { code }) => patternsInLoopHead(left, code),
  ForStatement: ({ init }, { code }) =>
    init === null || init === undefined ? [] : patternsInLoopHead(init, code),
  VariableDeclarator: ({ id }, { code }) =>
    isPattern(id)
      ? [unsupported(code, nextTokenAt(code, id.start + 1), destructuring, "FN-I-26")]
      : [],
  AssignmentExpression: refuseAssignment,
  ArrowFunctionExpression: (node, { code }) => refuseArrowFunction(node, code),
  FunctionDeclaration: (node, { code }) => refuseFunction(node, code),
  FunctionExpression: (node, { code }) => refuseFunction(node, code),
  Property: ({ method, shorthand, start, value }, { code }) => {
    if (method && value.type === "FunctionExpression" && value.generator) {
      return [unexpected(code, start, noGenerator)];
    }
    const isAsync = shorthand && value.type === "Identifier" && value.name === "async";
    return isAsync ? [unexpected(code, start, "Write async: async.")] : [];
  },
  ClassDeclaration: refuseClass,
  ClassExpression: refuseClass,
  CatchClause: refuseCatch,
  ObjectExpression: ({ properties }, { code }) =>
    properties.flatMap(({ type, start }) =>
      type === "SpreadElement" ? [unsupported(code, start, spread)] : [],
    ),
  ArrayExpression: ({ elements }, { code }) => refuseSpread(elements, code),
  CallExpression: (node, { code }) => [
    ...(node.optional ? [refuseOptional(node.callee.end, code)] : []),
    ...refuseSpread(node.arguments, code),
    ...refuseAwaits(node.arguments),
  ],
  NewExpression: (node, { code }) => [
    ...refuseSpread(node.arguments, code),
    ...refuseAwaits(node.arguments),
  ],
  MemberExpression: ({ object, optional }, { code }) =>
    optional ? [refuseOptional(object.end, code)] : [],
  Literal: refuseLiteral,
  MetaProperty: (node, scope) =>
    node.meta.name === "import"
      ? refuseNonDefaultImport(node, scope)
      : [unexpected(scope.code, scope.code.indexOf(".", node.start), "Leave new.target out.")],
  ImportExpression: refuseNonDefaultImport,
  ImportDeclaration: refuseImport,
  ExportAllDeclaration: refuseExport,
  ExportDefaultDeclaration: refuseExport,
  ExportNamedDeclaration: refuseExport,
  Identifier: ({ start, end }, { code }) => {
    // oxlint-disable-next-line no-control-regex -- ASCII is what is looked for
    const odd = code.slice(start, end).search(/[\\]|[^\u0000-\u007f]/);
    const remedy = "Use the letters A to Z, digits, $ and _ in names.";
    return odd === -1 ? [] : [unexpected(code, start + odd, remedy)];
  },
  Program: (program) =>
    awaitsIn(program).map((offset) => ({
      text: "SyntaxError: await is only valid in async functions",
      offset,
      remedy: "Await inside of an async function.",
      factId: "FN-I-18",
    })),
};

/** Returns what the runtime refuses in a node itself, whatever lies in it. */
export function refusalsOf(node: AnyNode, scope: SyntaxScope): Findings {
  // A rule takes nodes of the type that it stands under.
  const rule = rules[node.type] as ((node: AnyNode, scope: SyntaxScope) => Findings) | undefined;
  return rule?.(node, scope) ?? [];
}

function patternsInLoopHead(left: AnyNode, code: string): Findings {
  if (left.type !== "VariableDeclaration") return [];
  return left.declarations.flatMap(({ id }) =>
    isPattern(id) ? [unsupported(code, id.start, destructuring, "FN-I-26")] : [],
  );
}

function refuseAssignment(
  { left, operator }: NodeOf<"AssignmentExpression">,
  { code }: SyntaxScope,
): Findings {
  if (isPattern(left)) {
    return [
      {
        text: "ReferenceError: Invalid left-hand side in assignment",
        offset: left.start,
        remedy: destructuring,
        factId: "FN-I-18",
      },
    ];
  }
  if (!["||=", "&&=", "??="].includes(operator)) return [];
  // The runtime reads the operator, and an equals sign that it does not expect.
  const equals = nextTokenAt(code, left.end) + operator.length - 1;
  return [unexpected(code, equals, "Write the assignment out: if (!a) { a = b; }.")];
}

function refuseCatch({ param, start }: NodeOf<"CatchClause">, { code }: SyntaxScope): Findings {
  if (param === null || param === undefined) {
    const brace = nextTokenAt(code, start + "catch".length);
    return [unsupported(code, brace, "Write catch (error) { … }.")];
  }
  if (param.type === "ArrayPattern") return [unexpected(code, param.start, destructuring)];
  return isPattern(param) ? [unsupported(code, param.start, destructuring)] : [];
}

function refuseLiteral({ start, end, value }: NodeOf<"Literal">, { code }: SyntaxScope): Findings {
  if (typeof value === "bigint") {
    return [unexpected(code, end - 1, "Use a number or a string: there is no BigInt.")];
  }
  const raw = code.slice(start, end);
  const flags = raw.startsWith("/") ? raw.slice(raw.lastIndexOf("/") + 1) : "";
  const pattern = raw.slice(1, raw.lastIndexOf("/"));
  // Perl's classes are not empty: a bracket that closes at once is one of the characters.
  if (raw.startsWith("/") && /\[\^?\][^\]]*$/.test(pattern)) {
    return [
      {
        text: `SyntaxError: pcre_compile2("${pattern}") failed: missing terminating ] for character class at ""`,
        offset: start,
        remedy: "Write [\\s\\S] for any character.",
        factId: "FN-I-43",
      },
    ];
  }
  if (/^[gimy]*$/.test(flags)) return [];
  return [
    {
      text: `SyntaxError: Invalid RegExp flags "${/^[gimy]*./.exec(flags)?.[0]}"`,
      offset: start,
      remedy: "Use only the flags g, i, m and y.",
      factId: "FN-I-18",
    },
  ];
}

function refuseImport(
  { source, specifiers, start }: NodeOf<"ImportDeclaration">,
  { runtime }: SyntaxScope,
): Findings {
  const [specifier, ...others] = specifiers;
  if (specifier?.type !== "ImportDefaultSpecifier" || others.length > 0) {
    return [{ ...nonDefaultImport, offset: start }];
  }
  const name = String(source.value);
  const modules = runtimeModules[runtime];
  if (modules.includes(name)) return [];
  return [
    {
      text: `SyntaxError: Cannot find module "${name}"`,
      offset: source.start,
      remedy: `The modules of ${runtime} are ${modules.join(", ")}.`,
      factId: "FN-I-19",
    },
  ];
}

/** The runtime reads `?.name` as one thing, and stops at what follows. */
function refuseOptional(end: number, code: string): SyntaxFinding {
  let stop = nextTokenAt(code, end);
  while (code.startsWith("?.", stop)) {
    stop = nextTokenAt(code, stop + 2);
    if (!/[A-Za-z_$]/.test(code[stop] ?? "")) break;
    stop = nextTokenAt(code, endOfToken(code, stop));
  }
  return unexpected(code, stop, "Test first: a && a.b.");
}

function refuseAwaits(nodes: readonly AnyNode[]): Findings {
  return nodes.flatMap(awaitsIn).map((offset) => ({
    text: "SyntaxError: await in arguments not supported",
    offset,
    remedy: "Await into a variable first: const value = await …; then pass value.",
    factId: "FN-I-44",
  }));
}

/** Where a node awaits, functions within it apart. */
function awaitsIn(node: AnyNode): readonly number[] {
  if (node.type === "AwaitExpression") return [node.start];
  return /Function/.test(node.type) ? [] : childNodes(node).flatMap(awaitsIn);
}
