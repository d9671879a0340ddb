import { tokenText, unexpectedToken } from "./token-text.ts";

/** What the parser says of code that no version of the language has. */
export interface ParserError {
  readonly message: string;
  readonly offset: number;
}

/** The runtime's words for a parser error, and where it says them. */
export interface RuntimeError {
  readonly text: string;
  readonly offset: number;
}

/** Returns what the runtime says of an operand that nothing can be assigned to. */
export function invalidLeftHandSide(code: string, offset: number): RuntimeError | string {
  const before = code.slice(0, offset);
  if (/\bfor\s*\(\s*$/.test(before)) {
    return `ReferenceError: Invalid left-hand side "${tokenText(code, offset)}" in for-in statement`;
  }
  const twice = code.slice(offset).match(/^[\w$.[\]]+(?:\+\+|--)\s*(?=\+\+|--)/)?.[0];
  if (twice !== undefined) {
    const second = offset + twice.length;
    return { text: unexpectedToken(code, second), offset: second };
  }
  const operation = /(?:\+\+|--)\s*$/.test(before)
    ? "prefix operation"
    : /^[\w$.()[\]'" ]*?(?:\+\+|--)/.test(code.slice(offset))
      ? "postfix operation"
      : "assignment";
  return `ReferenceError: Invalid left-hand side in ${operation}`;
}

/** Returns what the runtime's regular expressions say of a problem that JavaScript's have. */
export function pcreWords(problem: string): string {
  if (/Unterminated group/.test(problem)) return 'missing closing parenthesis at ""';
  if (/Unterminated character class/.test(problem)) {
    return 'missing terminating ] for character class at ""';
  }
  if (/Duplicate capture group name/.test(problem)) {
    return "two named subpatterns have the same name (PCRE2_DUPNAMES not set)";
  }
  if (/numbers out of order/.test(problem)) {
    return 'numbers out of order in {} quantifier at "}"';
  }
  if (/Nothing to repeat/.test(problem))
    return 'quantifier does not follow a repeatable item at ""';
  return problem;
}
