import type { AnyNode, Program } from "acorn";
import { childNodes } from "cf-rules/syntax";

/** An error of the sandbox's engine, and where in the deployed code it was thrown. */
export interface EngineError {
  readonly name: string;
  readonly message: string;
  /** The built-in that threw it, as `map` does for a callback that is none; undefined where none did. */
  readonly builtIn: string | undefined;
  /** Undefined where no code of the function was running. */
  readonly offset: number | undefined;
  /** The last computed key, as in `object[key]`. */
  readonly lastKey: string;
}

type Translation = readonly [
  says: RegExp,
  text: string | ((match: RegExpMatchArray, error: EngineError, tree: Program) => string),
];

const property = (node: AnyNode | undefined, lastKey: string): string => {
  if (node?.type !== "MemberExpression") return lastKey;
  if (!node.computed && node.property.type === "Identifier") return node.property.name;
  return node.property.type === "Literal" && typeof node.property.value !== "object"
    ? String(node.property.value)
    : lastKey;
};

const constantAssignment = "TypeError: assignment to constant variable";

// What the sandbox's engine says, and what the runtime does.
const translations: readonly Translation[] = [
  [
    /^cannot read property of (undefined|null)$/,
    ([, of], { offset, lastKey }, tree) =>
      `TypeError: cannot get property "${property(computedAt(tree, offset), lastKey)}" of ${of}`,
  ],
  [
    /^cannot set property of (undefined|null)$/,
    ([, of]) => `TypeError: property set on primitive ${of} type`,
  ],
  [
    /^no setter for property$/,
    (_, { offset, lastKey }, tree) =>
      `TypeError: Cannot set property "${property(memberAt(tree, offset), lastKey)}" of object which has only a getter`,
  ],
  [
    /^(?:invalid repeat count|invalid string length|radix must be between 2 and 36)$/,
    "RangeError: ",
  ],
  [/^not a symbol$/, "TypeError: is not a symbol"],
  [/^null or undefined are forbidden$/, "TypeError: cannot convert undefined to object"],
  [
    /^cannot read property '([^]*)' of (undefined|null)$/,
    ([, name, of]) => `TypeError: cannot get property "${name}" of ${of}`,
  ],
  [
    /^cannot set property '[^]*' of (undefined|null)$/,
    ([, of]) => `TypeError: property set on primitive ${of} type`,
  ],
  [/^'?([\w$]+)'? is not defined$/, ([, name]) => `ReferenceError: "${name}" is not defined`],
  [/is not initialized$/, "ReferenceError: cannot access variable before initialization"],
  [/^'([^]*)' is read-only$/, readOnly],
  [
    /^object is not extensible$/,
    (_, { offset, lastKey }, tree) =>
      `TypeError: Cannot add property "${property(memberAt(tree, offset), lastKey)}", object is not extensible`,
  ],
  [
    /^no setter for property '?([^']*)'?$/,
    ([, name]) => `TypeError: Cannot set property "${name}" of object which has only a getter`,
  ],
  [
    /^could not delete property/,
    (_, { offset, lastKey }, tree) =>
      `TypeError: Cannot delete property "${property(memberAt(tree, offset), lastKey)}" of object`,
  ],
  [/^not a (?:function|constructor)$/, notCallable],
  [
    /^(.*) is not a constructor$/,
    ([, name]) =>
      `TypeError: ${/^(?:Buffer|Symbol)$/.test(name ?? "") ? name : "function"} is not a constructor`,
  ],
  [
    /^(?:parent class must be constructor|must be called with new|class constructors must be invoked with 'new')$/,
    withoutNew,
  ],
  [
    /^stack overflow$|^Maximum call stack size exceeded$/,
    "RangeError: Maximum call stack size exceeded",
  ],
  [
    /^(?:expecting hex digit|expecting %|malformed UTF-8|invalid character)$/,
    (_, { name }) => (name === "URIError" ? "URIError: malformed URI" : `${name}: malformed URI`),
  ],
  [/^invalid array (?:length|index)$/, "RangeError: Invalid array length"],
  [
    /^invalid 'in' operand$/,
    (_, { offset }, tree) => {
      const node = nodesAround(tree, offset).findLast(
        (candidate) => candidate.type === "BinaryExpression" && candidate.operator === "in",
      );
      const type = node?.type === "BinaryExpression" ? typeOf(node.right, tree) : "undefined";
      return `TypeError: property "in" on primitive ${type} type`;
    },
  ],
  [/^invalid 'instanceof' right operand$/, "TypeError: right argument is not callable"],
  [/^cannot convert symbol to/, "TypeError: Cannot convert a Symbol value to a string"],
  [/^circular reference$/, "TypeError: Nested too deep or a cyclic structure"],
  [/^not a object$/, "TypeError: second argument is not an array-like object"],
  [/^empty array$/, "TypeError: Reduce of empty object with no initial value"],
  [
    /^cannot convert (?:to object|undefined or null to object)$/,
    "TypeError: cannot convert null or undefined to object",
  ],
  [
    /^invalid number of digits$/,
    (_, { builtIn }) =>
      builtIn === "toPrecision"
        ? "RangeError: precision argument must be between 1 and 100"
        : "RangeError: digits argument must be between 0 and 100",
  ],
  [
    /^invalid property access$/,
    'TypeError: "caller", "callee", "arguments" properties may not be accessed',
  ],
  [/^invalid code point$/, "RangeError: "],
  [/^Date value is NaN$/, "RangeError: Invalid time value"],
  [/^invalid regular expression flags$/, "SyntaxError: Invalid RegExp flags"],
  [/^$/, withoutMessage],
];

/** Returns `Name: message` in the runtime's words; the engine's own where there are no others. */
export function runtimeErrorText(error: EngineError, tree: Program): string {
  for (const [says, text] of translations) {
    const match = error.message.match(says);
    if (match !== null) return typeof text === "string" ? text : text(match, error, tree);
  }
  return `${error.name}: ${error.message}`;
}

/** An error that has no message here; where Promise.any made it, the runtime gives it one. */
function withoutMessage(_: RegExpMatchArray, error: EngineError, tree: Program): string {
  const callee = calleeAt(tree, error.offset);
  const isOwn = callee?.type === "Identifier" && callee.name === error.name;
  const message =
    error.name === "AggregateError" && !isOwn ? "All promises were rejected" : error.message;
  return `${error.name}: ${message}`;
}

function readOnly([, name]: RegExpMatchArray, { offset }: EngineError, tree: Program): string {
  const isMember = nodesAround(tree, offset).some(
    (node) =>
      (node.type === "AssignmentExpression" && node.left.type === "MemberExpression") ||
      (node.type === "UpdateExpression" && node.argument.type === "MemberExpression"),
  );
  return isMember || /^(?:undefined|NaN|Infinity)$/.test(name ?? "")
    ? `TypeError: Cannot assign to read-only property "${name}" of object`
    : constantAssignment;
}

function withoutNew(_: RegExpMatchArray, { offset }: EngineError, tree: Program): string {
  const callee = calleeAt(tree, offset);
  const name = callee?.type === "Identifier" ? callee.name : "";
  if (name === "Promise") return "TypeError: the Promise constructor must be called with new";
  if (/^Text(?:En|De)coder$/.test(name)) return `TypeError: Constructor of ${name} requires 'new'`;
  if (name === "ArrayBuffer" || name === "DataView") {
    return `TypeError: Constructor ${name} requires 'new'`;
  }
  return name.endsWith("Array")
    ? "TypeError: Constructor of TypedArray requires 'new'"
    : "TypeError: object is not a function";
}

function notCallable(_: RegExpMatchArray, error: EngineError, tree: Program): string {
  if (error.builtIn === "sort") return "TypeError: comparefn must be callable or undefined";
  if (error.builtIn === "Promise") return "TypeError: unexpected arguments";
  if (error.builtIn === "apply") return "TypeError: second argument is not an array-like object";
  if (error.builtIn !== undefined) return "TypeError: callback argument is not callable";
  const callee = calleeAt(tree, error.offset);
  const name = property(callee, error.lastKey);
  if (callee?.type === "MemberExpression") {
    return `TypeError: (intermediate value)["${name}"] is not a function`;
  }
  return `TypeError: ${typeOf(callee, tree)} is not a function`;
}

/** The engine names the parenthesis, or the end of what is called. */
function calleeAt(tree: Program, offset: number | undefined): AnyNode | undefined {
  const around = nodesAround(tree, offset);
  const innermost = around.at(-1);
  // Of a call that is returned, it names the statement.
  const returned =
    innermost?.type === "ReturnStatement" ? tailOf(innermost.argument ?? tree) : tree;
  const calls = [...around, returned].flatMap((node) =>
    node.type === "CallExpression" || node.type === "NewExpression" ? [node] : [],
  );
  if (calls.at(-1) === returned) return calls.at(-1)?.callee;
  const called = calls.filter(
    ({ type, callee }) => type === "NewExpression" || callee.end <= (offset ?? 0) + 1,
  );
  return (called.at(-1) ?? calls.at(-1))?.callee;
}

function tailOf(node: AnyNode): AnyNode {
  if (node.type === "SequenceExpression") return tailOf(node.expressions.at(-1) ?? node);
  return node.type === "LogicalExpression" ? tailOf(node.right) : node;
}

/**
 * Returns where an error was thrown: for a constant that is assigned to, the engine names what comes after.
 *
 * @param text as `runtimeErrorText` returns it
 */
export function thrownAt(text: string, offset: number, tree: AnyNode): number {
  if (text !== constantAssignment) return offset;
  const constants = new Set(nodesOf(tree).flatMap(constantNames));
  return (
    nodesOf(tree)
      .filter((node) => node.start < offset && constants.has(assignedName(node) ?? ""))
      .at(-1)?.start ?? offset
  );
}

function nodesOf(node: AnyNode): readonly AnyNode[] {
  return [node, ...childNodes(node).flatMap(nodesOf)];
}

function constantNames(node: AnyNode): readonly string[] {
  if (node.type !== "VariableDeclaration" || node.kind !== "const") return [];
  return node.declarations.flatMap(({ id }) => (id.type === "Identifier" ? [id.name] : []));
}

function assignedName(node: AnyNode): string | undefined {
  if (node.type === "AssignmentExpression" && node.left.type === "Identifier") {
    return node.left.name;
  }
  return node.type === "UpdateExpression" && node.argument.type === "Identifier"
    ? node.argument.name
    : undefined;
}

function memberAt(tree: Program, offset: number | undefined): AnyNode | undefined {
  const [assigned] = nodesAround(tree, offset)
    .toReversed()
    .flatMap((node): readonly AnyNode[] => {
      if (node.type === "AssignmentExpression") return [node.left];
      if (node.type === "UpdateExpression" || node.type === "UnaryExpression") {
        return [node.argument];
      }
      return [];
    });
  return assigned;
}

function computedAt(tree: Program, offset: number | undefined): AnyNode | undefined {
  return nodesAround(tree, offset).findLast(
    (node) => node.type === "MemberExpression" && node.computed,
  );
}

/** The nodes that an offset lies in or at the end of, from the outermost. */
function nodesAround(tree: AnyNode, offset: number | undefined): readonly AnyNode[] {
  if (offset === undefined || offset < tree.start || offset > tree.end + 1) return [];
  return [tree, ...childNodes(tree).flatMap((child) => nodesAround(child, offset))];
}

/** The type of what an expression is seen to hold: a variable that is never given anything is undefined. */
function typeOf(node: AnyNode | undefined, tree: Program): string {
  switch (node?.type) {
    case "Literal":
      return node.value === null ? "null" : typeof node.value;
    case "ObjectExpression":
    case "ArrayExpression":
      return "object";
    case "Identifier":
      return typeOf(initialValue(tree, node.name), tree);
    default:
      return "undefined";
  }
}

function initialValue(node: AnyNode, name: string): AnyNode | undefined {
  if (
    node.type === "VariableDeclarator" &&
    node.id.type === "Identifier" &&
    node.id.name === name &&
    node.init?.type !== "Identifier"
  ) {
    return node.init ?? undefined;
  }
  for (const child of childNodes(node)) {
    const found = initialValue(child, name);
    if (found !== undefined) return found;
  }
  return undefined;
}
