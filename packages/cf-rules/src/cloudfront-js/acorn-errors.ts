import {
  endOfBlock,
  endOfToken,
  nextTokenAt,
  tokenText,
  unexpectedToken,
  unsupportedToken,
} from "./token-text.ts";
import {
  invalidLeftHandSide,
  type ParserError,
  pcreWords,
  type RuntimeError,
} from "./parser-error.ts";

interface Translation {
  readonly says: RegExp;
  /** `match` is the parser's message. */
  translate(code: string, offset: number, match: RegExpMatchArray): string | RuntimeError;
}

const plain = (says: RegExp, text: string): Translation => ({ says, translate: () => text });

const lineFrom = (code: string, offset: number): string => {
  const end = code.indexOf("\n", offset);
  return end === -1 ? code.slice(offset) : code.slice(offset, end);
};

// The parser's messages, in which the runtime has other words than "Unexpected token".
const translations: readonly Translation[] = [
  {
    says: /^Identifier '(.+)' has already been declared/,
    translate: (_code, _offset, [, name]) => `SyntaxError: "${name}" has already been declared`,
  },
  plain(/^Argument name clash/, "SyntaxError: Duplicate parameter names"),
  {
    says: /^Binding (eval|arguments) in strict mode/,
    translate: (code, offset, [, name]) =>
      `SyntaxError: Identifier "${name}" is forbidden in ${/function\s*$/.test(code.slice(0, offset)) ? "function" : "var"} declaration`,
  },
  {
    says: /^Assigning to (eval|arguments) in strict mode/,
    translate: (_code, _offset, [, name]) =>
      `SyntaxError: Identifier "${name}" is forbidden as left-hand in assignment`,
  },
  { says: /^Assigning to rvalue/, translate: invalidLeftHandSide },
  plain(/^'return' outside of function/, "SyntaxError: Illegal return statement"),
  {
    says: /^Unsyntactic (break|continue)/,
    translate: (code, offset, [, keyword = ""]) => {
      const label = code.slice(offset + keyword.length).match(/^[ \t]+([A-Za-z_$][\w$]*)/)?.[1];
      return label === undefined
        ? `SyntaxError: Illegal ${keyword} statement`
        : `SyntaxError: Undefined label "${label}"`;
    },
  },
  {
    says: /^Label '(.+)' is already declared/,
    translate: (_code, _offset, [, name]) =>
      `SyntaxError: Label "${name}" has already been declared`,
  },
  plain(/^Deleting local variable/, "SyntaxError: Delete of an unqualified identifier"),
  plain(/await.*outside/i, "SyntaxError: await is only valid in async functions"),
  {
    says: /^Missing catch or finally/,
    translate: (code, offset) => ({
      text: "SyntaxError: Missing catch or finally after try",
      offset: nextTokenAt(code, endOfBlock(code, offset + "try".length)),
    }),
  },
  {
    says: /^Illegal newline after throw/,
    translate: (code, offset) => ({
      text: "SyntaxError: Illegal newline after throw",
      offset: nextTokenAt(code, offset),
    }),
  },
  plain(/^for-in loop variable/, "SyntaxError: Invalid left-hand side in for-loop"),
  plain(
    /^Multiple default clauses/,
    "SyntaxError: More than one default clause in switch statement",
  ),
  plain(/^getter should have no params/, "SyntaxError: Getter must not have any formal parameters"),
  plain(
    /^setter should have exactly one param/,
    "SyntaxError: Setter must have exactly one formal parameter",
  ),
  plain(
    /^Redefinition of __proto__/,
    "SyntaxError: Duplicate __proto__ fields are not allowed in object literals",
  ),
  {
    says: /^Comma is not permitted after the rest element/,
    translate: (code, offset) => {
      const before = code.slice(0, offset);
      return /function\b[^(]*\([^()]*$/.test(before)
        ? "SyntaxError: Rest parameter must be last formal parameter"
        : { text: 'SyntaxError: Unexpected token "..."', offset: before.lastIndexOf("...") };
    },
  },
  plain(/super/, 'SyntaxError: Token "super" not supported in this version'),
  {
    says: /new\.target/,
    translate: (code, offset) => {
      const dot = code.indexOf(".", offset);
      return { text: unexpectedToken(code, dot), offset: dot };
    },
  },
  {
    says: /'with' in strict mode/,
    translate: (code, offset) => {
      const parenthesis = nextTokenAt(code, offset + "with".length);
      return { text: unsupportedToken(code, parenthesis), offset: parenthesis };
    },
  },
  {
    says: /^Unterminated string/,
    translate: (code, offset) => {
      const rest = lineFrom(code, offset);
      const newline = code[offset + rest.length] ?? "";
      return `SyntaxError: Unterminated string "${rest}${newline}"`;
    },
  },
  {
    says: /^'import' and 'export' may only appear at the top level/,
    translate: (code, offset) => `SyntaxError: Illegal ${tokenText(code, offset)} statement`,
  },
  {
    says: /^Unterminated template/,
    translate: (code) => ({
      text: "SyntaxError: Unterminated template literal",
      offset: code.length,
    }),
  },
  {
    says: /^Unterminated regular expression/,
    translate: (code, offset) =>
      `SyntaxError: Unterminated RegExp "${lineFrom(code, code.lastIndexOf("/", offset - 1))}"`,
  },
  {
    says: /^Unterminated comment/,
    translate: (code) => ({
      text: 'SyntaxError: Unexpected token "/*"',
      offset: code.length,
    }),
  },
  {
    says: /regular expression flag/,
    translate: (code, offset) => {
      const flags = code
        .slice(offset - 1)
        .match(/^\/(?:[^/\\[]|\\.|\[(?:[^\]\\]|\\.)*\])+\/(\w*)/)?.[1];
      return `SyntaxError: Invalid RegExp flags "${/^[gimy]*.?/.exec(flags ?? "")?.[0]}"`;
    },
  },
  {
    says: /^Invalid regular expression: \/([^]*)\/: (.*)$/,
    translate: (_code, _offset, [, pattern = "", problem = ""]) =>
      `SyntaxError: pcre_compile2("${pattern}") failed: ${pcreWords(problem)}`,
  },
  {
    says: /^Expecting Unicode escape sequence/,
    translate: (code, offset) => {
      const backslash = code.lastIndexOf("\\", offset);
      return { text: unexpectedToken(code, backslash), offset: backslash };
    },
  },
  {
    says: /escape sequence|^Code point out of bounds/,
    translate: (code, offset) => {
      const backslash = code.lastIndexOf("\\", offset);
      const escape = code
        .slice(backslash)
        .match(/^\\(?:u\{[^}]*\}?|u[^'"`\\]{0,4}|x[^'"`\\]{0,2})/)?.[0];
      const text =
        escape === undefined
          ? "The escapes \\8 and \\9 can't be used in untagged template literals or in strict mode code"
          : `Invalid Unicode code point "${escape}"`;
      return { text: `SyntaxError: ${text}`, offset: backslash };
    },
  },
  {
    says: /^The keyword 'yield' is reserved/,
    translate: (code, offset) => {
      const isLexical = /\b(?:let|const)\s+$/.test(code.slice(0, offset));
      const next = isLexical ? offset : nextTokenAt(code, offset + "yield".length);
      return { text: unexpectedToken(code, next), offset: next };
    },
  },
  {
    says: /^(?:Octal literal|Invalid number)/,
    translate: (code, offset) => {
      const exponent = code.slice(offset).match(/^\d[\d.]*(?=[eE])/)?.[0].length ?? 0;
      return { text: unexpectedToken(code, offset + exponent), offset: offset + exponent };
    },
  },
  {
    says: /^Identifier directly after number/,
    translate: (code, offset) => {
      const named = code.slice(0, offset).match(/\b(?:var|let|const|function)\s+(\d+)$/)?.[1];
      const start = offset - (named?.length ?? 0);
      return { text: unexpectedToken(code, start), offset: start };
    },
  },
  {
    says: /^Parenthesized pattern/,
    translate: (code, offset) => {
      const arrow = code.indexOf("=>", offset);
      return { text: unexpectedToken(code, arrow), offset: arrow };
    },
  },
  {
    says: /^Numeric separator/,
    translate: (code, offset) => {
      const underscore = code.lastIndexOf("_", offset);
      const first = code.slice(0, underscore).search(/_*$/);
      return { text: unexpectedToken(code, first), offset: first };
    },
  },
];

const labelled =
  "SyntaxError: In strict mode code, functions can only be declared at top level or inside a block.";

const singleStatement = /(?:\)|\belse|\bdo)\s*$/;

/** Returns what the runtime says where the parser stops. */
export function translateParserError(code: string, error: ParserError): RuntimeError {
  const { message } = error;
  const radix = code.slice(0, error.offset).match(/0[bo]\d*$/i)?.[0].length ?? 0;
  const offset = error.offset - radix;
  for (const { says, translate } of translations) {
    const match = message.match(says);
    if (match === null) continue;
    const translated = translate(code, offset, match);
    return typeof translated === "string" ? { text: translated, offset } : translated;
  }
  const start = nextTokenAt(code, offset);
  const token = tokenText(code, start);
  const before = code.slice(0, offset);
  if (token === "function" && singleStatement.test(before)) {
    const text = "SyntaxError: Functions can only be declared at top level or inside a block";
    return { text, offset };
  }
  if ((token === "let" || token === "const") && singleStatement.test(before)) {
    const text = `SyntaxError: ${token} declaration cannot appear in a single-statement context`;
    return { text, offset };
  }
  if (token === "of" && /\bfor\s*\(\s*(?:var|let|const)\b[^;()]*$/.test(before)) {
    return { text: unsupportedToken(code, start), offset: start };
  }
  if (token === "function" && /[\w$]\s*:\s*$/.test(before)) {
    return { text: labelled, offset };
  }
  if (token === "await" && /\bfor\s+$/.test(before)) {
    return { text: unsupportedToken(code, start), offset: start };
  }
  if (token === "**") {
    const text =
      "SyntaxError: Either left-hand side or entire exponentiation must be parenthesized";
    return { text, offset };
  }
  if (/\bconst\s+[\w$]+\s*$/.test(before) && token !== "of") {
    return { text: "SyntaxError: missing initializer in const declaration", offset };
  }
  // Without a name, they are declarations that the parser stops in before it has read them.
  const [nameless] = /\bfunction\s*\*\s*$|\bclass\s*$/.exec(before) ?? [];
  if (nameless !== undefined) {
    const isClass = nameless.startsWith("class");
    const stop = isClass ? before.lastIndexOf("class") : before.lastIndexOf("*");
    const text = isClass ? unsupportedToken(code, stop) : unexpectedToken(code, stop);
    return { text, offset: stop };
  }
  if (token === "async" && tokenText(code, nextTokenAt(code, endOfToken(code, offset))) === "*") {
    return { text: unexpectedToken(code, offset), offset };
  }
  return { text: unexpectedToken(code, start), offset: start };
}
