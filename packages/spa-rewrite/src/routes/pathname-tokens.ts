/** One token of a URLPattern pathname. */
export interface PathnameToken {
  readonly kind: "text" | "name" | "group" | "open" | "close" | "modifier" | "asterisk" | "end";
  /** A name without its colon, a group without its parentheses. */
  readonly value: string;
}

/** What a pathname cannot be, and where: its message ends in a full stop. */
export class PathnameSyntaxError extends Error {
  override readonly name = "PathnameSyntaxError";
}

const tokens: readonly (readonly [PathnameToken["kind"], RegExp])[] = [
  ["open", /\{/y],
  ["close", /\}/y],
  ["modifier", /(?<value>[?+])/y],
  ["asterisk", /\*/y],
  ["name", /:(?<value>[\p{ID_Start}$_][\p{ID_Continue}$\u200c\u200d]*)/uy],
  ["text", /\\(?<value>.)/suy],
  ["text", /(?<value>[^{}?+*:()\\])/suy],
];

/**
 * Returns the tokens of a URLPattern pathname.
 *
 * @throws {PathnameSyntaxError} where a character cannot stand.
 * @see https://urlpattern.spec.whatwg.org/#tokenize-a-pattern-string
 */
export function pathnameTokens(pathname: string): readonly PathnameToken[] {
  const found: PathnameToken[] = [];
  for (let index = 0; index < pathname.length;) {
    const group = pathname[index] === "(" ? groupAt(pathname, index) : undefined;
    const [length, token] = group ?? tokenAt(pathname, index);
    found.push(token);
    index += length;
  }
  return [...found, { kind: "end", value: "" }];
}

function tokenAt(pathname: string, index: number): readonly [length: number, PathnameToken] {
  for (const [kind, pattern] of tokens) {
    pattern.lastIndex = index;
    const match = pattern.exec(pathname);
    if (match !== null) return [match[0].length, { kind, value: match.groups?.["value"] ?? "" }];
  }
  const [found = ""] = pathname.slice(index);
  throw new PathnameSyntaxError(
    `${JSON.stringify(found)} cannot stand there; write ${JSON.stringify(`\\${found}`)} for the character itself.`,
  );
}

/** The group ends at the parenthesis that closes it. */
function groupAt(pathname: string, start: number): readonly [length: number, PathnameToken] {
  let depth = 0;
  for (let index = start; index < pathname.length; index += 1) {
    const character = pathname[index];
    if (character === "\\") index += 1;
    if (character === "(") depth += 1;
    if (character === ")") depth -= 1;
    if (depth > 0) continue;
    return [index + 1 - start, { kind: "group", value: pathname.slice(start + 1, index) }];
  }
  throw new PathnameSyntaxError('A "(" is not closed.');
}
