/** Repeated text that is shorter gains nothing from a name. */
const minSharedLength = 24;

/**
 * Returns a value as JavaScript that cloudfront-js-2.0 reads: JSON, regular expressions as literals, a function
 * without parameters as one that returns what it returns, made when it is called. Text that occurs several times is
 * written once.
 *
 * @returns A function expression without parameters that returns the value, called at once; or the literal alone.
 */
export function inlineLiteral(value: unknown): string {
  const counts = new Map<string, number>();
  countTexts(value, counts);
  const shared = [...counts]
    .filter(([text, count]) => count > 1 && text.length >= minSharedLength)
    .map(([text]) => text);
  const indexes = new Map(shared.map((text, index) => [text, index]));
  const literal = literalOf(value, indexes);
  if (shared.length === 0) return literal;
  return `(function(t){return ${literal}})([${shared.map(textOf).join(",")}])`;
}

function countTexts(value: unknown, counts: Map<string, number>): void {
  if (typeof value === "string") counts.set(value, (counts.get(value) ?? 0) + 1);
  else if (typeof value === "function") countTexts(value(), counts);
  else if (isPlain(value)) for (const each of Object.values(value)) countTexts(each, counts);
}

function literalOf(value: unknown, shared: ReadonlyMap<string, number>): string {
  if (typeof value === "string") {
    const index = shared.get(value);
    return index === undefined ? textOf(value) : `t[${index}]`;
  }
  if (typeof value === "function") return `function(){return ${literalOf(value(), shared)}}`;
  if (value instanceof RegExp) return `/${perlPattern(value)}/${value.flags}`;
  if (Array.isArray(value)) return `[${value.map((each) => literalOf(each, shared)).join(",")}]`;
  if (!isPlain(value)) return JSON.stringify(value);
  const members = Object.entries(value)
    .filter(([, each]) => each !== undefined)
    .map(([name, each]) => `${keyOf(name)}:${literalOf(each, shared)}`);
  return `{${members.join(",")}}`;
}

/**
 * The runtime's regular expressions are Perl's (FN-I-43): there `$` matches before a line feed at the end as well, and
 * `[^]` does not end where it does in JavaScript.
 */
function perlPattern({ source, multiline }: RegExp): string {
  return source.replaceAll(/\\.|\[\^?\]|\[(?:\\.|[^\]\\])*\]|\$/gs, (token) => {
    if (token === "[^]") return String.raw`[\s\S]`;
    if (token === "[]") return "(?!)";
    return token === "$" && !multiline ? String.raw`(?![\s\S])` : token;
  });
}

function isPlain(value: unknown): value is object {
  return typeof value === "object" && value !== null && !(value instanceof RegExp);
}

/** As a literal's key, `__proto__` is no member. */
function keyOf(name: string): string {
  if (name === "__proto__") return '["__proto__"]';
  return /^[A-Za-z_$][\w$]*$/.test(name) ? name : textOf(name);
}

/** Line separators are line ends in code. */
function textOf(text: string): string {
  return JSON.stringify(text).replaceAll("\u2028", "\\u2028").replaceAll("\u2029", "\\u2029");
}
