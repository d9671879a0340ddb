import { anyCharacter } from "./character-set.ts";
import { parseGroup } from "./parse-group.ts";
import {
  type PathExpression,
  character,
  repeat,
  segment,
  sequence,
  text,
} from "./path-expression.ts";
import { PathnameSyntaxError, type PathnameToken, pathnameTokens } from "./pathname-tokens.ts";

const dotSegment = /^(?:\.|%2e){1,2}$/i;
// What a URL's path holds as it is. https://url.spec.whatwg.org/#path-percent-encode-set
const neverEncoded = /[\w\-.~!$&'()*+,;=:@|[\]]/;

/** Reads the tokens of one pathname, as the standard's parser does. */
class PathnameReader {
  readonly #tokens: readonly PathnameToken[];
  readonly #parts: PathExpression[] = [];
  readonly #names = new Set<string>();
  #index = 0;
  #pending = "";

  constructor(tokens: readonly PathnameToken[]) {
    this.#tokens = tokens;
  }

  read(): PathExpression {
    while (this.#take("end") === undefined) this.#readPart();
    this.#addPending();
    return sequence(this.#parts);
  }

  #readPart(): void {
    const before = this.#take("text");
    const matcher = this.#readMatcher();
    if (matcher !== undefined) {
      // Only a slash belongs to what follows it, and is repeated or left out with it.
      const prefix = before?.value === "/" ? "/" : "";
      if (prefix === "") this.#pending += before?.value ?? "";
      this.#addPart(prefix, matcher, "");
      return;
    }
    if (before !== undefined) {
      this.#pending += before.value;
      return;
    }
    if (this.#take("open") === undefined) {
      const { kind, value } = this.#peek();
      throw new PathnameSyntaxError(
        kind === "group" || kind === "name"
          ? `${JSON.stringify(value)} cannot stand there.`
          : `It has a "${{ close: "}", modifier: "? or +", asterisk: "*" }[kind as string]}" where nothing can be closed or repeated.`,
      );
    }
    const prefix = this.#readText();
    const inner = this.#readMatcher();
    const suffix = this.#readText();
    if (this.#take("close") === undefined) {
      throw new PathnameSyntaxError(
        'A "{" is not closed by "}" after text, one name or group, and text.',
      );
    }
    this.#addPart(prefix, inner, suffix);
  }

  #readMatcher(): PathExpression | "everything" | undefined {
    const name = this.#take("name");
    const group = this.#take("group");
    if (name !== undefined) this.#refuseRepeated(name.value);
    if (group === undefined) {
      if (name !== undefined) return segment;
      return this.#take("asterisk") && "everything";
    }
    if (group.value === ".*") return "everything";
    return group.value === "[^\\/]+?" ? segment : parseGroup(group.value);
  }

  #refuseRepeated(name: string): void {
    if (this.#names.has(name)) {
      throw new PathnameSyntaxError(`It has the name ":${name}" twice; give each its own.`);
    }
    this.#names.add(name);
  }

  #readText(): string {
    let value = "";
    for (let token = this.#take("text"); token !== undefined; token = this.#take("text")) {
      value += token.value;
    }
    return value;
  }

  #addPart(prefix: string, matcher: PathExpression | "everything" | undefined, suffix: string) {
    const modifier = this.#take("modifier")?.value ?? (this.#take("asterisk") && "*");
    if (matcher === undefined && modifier === undefined) {
      this.#pending += prefix;
      return;
    }
    this.#addPending();
    if (prefix === "" && matcher === undefined && suffix === "") return;
    const everything = matcher === "everything";
    const middle = everything ? repeat(character(anyCharacter), 0, Infinity) : matcher;
    const whole = sequence([fixed(prefix), ...(middle ? [middle] : []), fixed(suffix)]);
    const min = modifier === "?" || modifier === "*" ? 0 : 1;
    // Once is enough for what matches everything.
    const max = modifier === undefined || modifier === "?" || everything ? 1 : Infinity;
    this.#parts.push(min === 1 && max === 1 ? whole : repeat(whole, min, max));
  }

  #addPending(): void {
    this.#parts.push(fixed(this.#pending));
    this.#pending = "";
  }

  #peek(): PathnameToken {
    return this.#tokens[this.#index] ?? { kind: "end", value: "" };
  }

  #take(kind: PathnameToken["kind"]): PathnameToken | undefined {
    const token = this.#peek();
    if (token.kind !== kind) return undefined;
    this.#index += 1;
    return token;
  }
}

/**
 * Returns what a URLPattern pathname matches, as an expression over decoded paths.
 *
 * @throws {PathnameSyntaxError} when URLPattern refuses the pathname, or would change its text.
 * @throws {UnsupportedGroup} when a regular expression in it cannot be compiled.
 * @see https://urlpattern.spec.whatwg.org/#parse-a-pattern-string
 */
export function parsePathname(pathname: string): PathExpression {
  return new PathnameReader(pathnameTokens(pathname)).read();
}

function fixed(value: string): PathExpression {
  refuseTextThatChanges(value);
  return text(decodeText(value));
}

function refuseTextThatChanges(value: string): void {
  const inPath = value.startsWith("/") ? value : `-${value}`;
  const found = inPath.split("/").find((each) => dotSegment.test(each));
  if (found !== undefined) {
    throw new PathnameSyntaxError(
      `It has the segment ${JSON.stringify(found)}, which a URL resolves; write the path that it leads to.`,
    );
  }
  if (value.includes("//")) {
    throw new PathnameSyntaxError('It has an empty segment; write one "/" between segments.');
  }
  // oxlint-disable-next-line no-control-regex -- they are what is looked for
  const [odd] = /[\u0000-\u001f\u007f\\]|[\ud800-\udfff]/u.exec(value) ?? [];
  if (odd !== undefined) {
    throw new PathnameSyntaxError(`It has ${JSON.stringify(odd)}, which no path holds.`);
  }
}

/** A slash that is encoded stays so: it separates nothing. */
function decodeText(value: string): string {
  const malformed = /%(?![\dA-F]{2})(?:[\dA-Fa-f]{2})?/.exec(value)?.[0];
  if (malformed !== undefined) {
    throw new PathnameSyntaxError(
      malformed === "%"
        ? 'It has a "%" without two hexadecimal digits; write "%25" for the character itself.'
        : `It has ${JSON.stringify(malformed)}, which matches nothing; write ${JSON.stringify(malformed.toUpperCase())}.`,
    );
  }
  for (const [escape] of value.matchAll(/%[0-7]./g)) {
    const decoded = decodeURIComponent(escape);
    if (!neverEncoded.test(decoded)) continue;
    throw new PathnameSyntaxError(
      `It has ${JSON.stringify(escape)}, which matches nothing; write ${JSON.stringify(decoded)}.`,
    );
  }
  try {
    return decodeURIComponent(value.replaceAll("%2F", "%252F"));
  } catch {
    throw new PathnameSyntaxError("Its percent-encoding is not UTF-8.");
  }
}
