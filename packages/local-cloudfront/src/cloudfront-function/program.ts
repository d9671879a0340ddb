import type { AnyNode, Program } from "acorn";
import { lineAt, parseCloudFrontJs } from "cf-rules/cloudfront-js";
import { childNodes } from "cf-rules/syntax";
import { keptNames } from "./kept-names.ts";
import type { CloudFrontJsRuntime, CloudFrontJsViolation } from "cf-rules/cloudfront-js";

/** A function's code as the sandbox runs it. */
export interface SandboxProgram {
  /** One expression: a function of what `GuestProgram` takes. Lines are those of the deployed code. */
  readonly source: string;
  /**
   * The same for code that is evaluated once for all invocations, as long as none fails: it notes nothing for the text
   * of an error. Undefined where each invocation must evaluate it.
   */
  readonly keptSource: string | undefined;
  readonly tree: Program;
  /** Whether the code may change what the next invocation finds: it gets a sandbox of its own then. */
  readonly changesBuiltIns: boolean;
  /** Returns the offset in the deployed code of a line and column of the source; both from 1. */
  offsetAt(line: number, column: number): number;
  /** Returns the line of an offset in the deployed code, from 1. */
  lineOf(offset: number): number;
}

interface Edit {
  readonly start: number;
  readonly end: number;
  readonly text: string;
  /** Whether it only serves the text of an error. */
  readonly isForErrors?: boolean;
}

const prefix = '(function (cf$import, cf$explain, cf$key, cf$keep, cf$members) { "use strict"; ';

/**
 * Makes a function's code one that the sandbox runs: imports become constants, caught errors are explained in
 * the runtime's words, computed keys are noted for errors, and Perl's `\p{…}` gets the flag that it needs elsewhere. Lines stay.
 */
export function readProgram(
  code: string,
  runtime: CloudFrontJsRuntime,
  isComposed = false,
): SandboxProgram | CloudFrontJsViolation {
  const parsed = parseCloudFrontJs(code, runtime);
  if (parsed.kind === "violation") return parsed.violation;
  const hashbang: readonly Edit[] = code.startsWith("#!") ? [{ start: 0, end: 2, text: "//" }] : [];
  const edits = [...hashbang, ...editsOf(parsed.program)];
  const report = isComposed ? "cf$members(members);" : "";
  const source = `${prefix}${edited(code, edits)}\n;${report}return handler;})`;
  const changesBuiltIns = mayChangeBuiltIns(code);
  const names = changesBuiltIns || isComposed ? undefined : keptNames(parsed.program);
  const keptCode = edited(
    code,
    edits.filter(({ isForErrors }) => !isForErrors),
  );
  return {
    source,
    keptSource: names && `${prefix}${keptCode}\n;cf$keep([${names.join(", ")}]);return handler;})`,
    tree: parsed.program,
    changesBuiltIns,
    lineOf: (offset) => lineAt(code, offset),
    offsetAt: (line, column) => offsetBefore(edits, offsetIn(source, line, column) - prefix.length),
  };
}

function edited(code: string, edits: readonly Edit[]): string {
  let text = "";
  let offset = 0;
  for (const edit of edits) {
    text += code.slice(offset, edit.start) + edit.text;
    offset = edit.end;
  }
  return text + code.slice(offset);
}

/** In the order of the code. */
function editsOf(program: Program): readonly Edit[] {
  const all = (node: AnyNode): readonly Edit[] => [
    ...editsOfNode(node),
    ...childNodes(node).flatMap(all),
  ];
  return all(program).toSorted((a, b) => a.start - b.start);
}

function editsOfNode(node: AnyNode): readonly Edit[] {
  if (node.type === "ImportDeclaration") {
    const [specifier] = node.specifiers;
    const text = `const ${specifier?.local.name} = cf$import(${JSON.stringify(node.source.value)});`;
    return [{ start: node.start, end: node.end, text }];
  }
  if (node.type === "CatchClause" && node.param?.type === "Identifier") {
    const { name } = node.param;
    const start = node.body.start + 1;
    return [{ start, end: start, text: ` ${name} = cf$explain(${name});` }];
  }
  if (node.type === "MemberExpression" && node.computed && !isPlainKey(node.property)) {
    const { start, end } = node.property;
    return [
      { start, end: start, text: "cf$key((", isForErrors: true },
      { start: end, end, text: "))", isForErrors: true },
    ];
  }
  const isPerl =
    node.type === "Literal" &&
    node.regex !== null &&
    node.regex !== undefined &&
    /\\[pP]\{/.test(node.regex.pattern);
  return isPerl ? [{ start: node.end, end: node.end, text: "u" }] : [];
}

function isPlainKey(key: AnyNode): boolean {
  return key.type === "Literal" && typeof key.value !== "object";
}

function offsetIn(text: string, line: number, column: number): number {
  let start = 0;
  for (let index = 1; index < line; index += 1) start = text.indexOf("\n", start) + 1;
  return start + column - 1;
}

function offsetBefore(edits: readonly Edit[], offset: number): number {
  let shift = 0;
  for (const { start, end, text } of edits) {
    if (start + shift >= offset) break;
    shift += text.length - (end - start);
  }
  return offset - shift;
}

// A name that leads to all of them, a prototype that is not only read from, an assignment to a member.
const built =
  "Object|Array|String|Number|Boolean|Math|JSON|Date|RegExp|Promise|Symbol|Buffer|console";
const changes = new RegExp(
  [
    String.raw`\b(?:globalThis|global|isFrozen|isSealed|isExtensible|__proto__|setPrototypeOf|defineProperty|defineProperties|getPrototypeOf|constructor)\b`,
    String.raw`\bprototype\b(?!\s*\.\s*\w+\s*[.(])`,
    String.raw`\b(?:${built})\s*(?:\.\s*\w+|\[[^\]]*\])\s*=[^=]`,
    String.raw`\bassign\s*\(\s*(?:${built})\b`,
  ].join("|"),
);

function mayChangeBuiltIns(code: string): boolean {
  return changes.test(code);
}
