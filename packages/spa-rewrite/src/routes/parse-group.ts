import { escapeClasses } from "./escape-classes.ts";
import { type CharacterSet, anyCharacter, complementOf, setOf, unionOf } from "./character-set.ts";
import { type PathExpression, character, choice, repeat, sequence } from "./path-expression.ts";

/** A part of a group's regular expression that cannot be compiled. */
export class UnsupportedGroup extends Error {
  override readonly name = "UnsupportedGroup";
}

const digits: CharacterSet = [[48, 57]];
const wordCharacters: CharacterSet = [
  [48, 57],
  [65, 90],
  [95, 95],
  [97, 122],
];
const spaces: CharacterSet = [
  [9, 13],
  [32, 32],
  [160, 160],
  [5760, 5760],
  [8192, 8202],
  [8232, 8233],
  [8239, 8239],
  [8287, 8287],
  [12_288, 12_288],
  [65_279, 65_279],
];
const classes: Readonly<Record<string, CharacterSet>> = {
  d: digits,
  D: complementOf(digits),
  w: wordCharacters,
  W: complementOf(wordCharacters),
  s: spaces,
  S: complementOf(spaces),
};
const quantifier = /(?:[?*+]|\{\d+(?:,\d*)?\})\??/y;
const maxCount = 100;

/** Where the reader of a group is. */
interface Cursor {
  readonly source: string;
  index: number;
}

/**
 * Returns the regular expression of a URLPattern group. Lazy and greedy are the same here: they match
 * the same texts.
 *
 * @throws {UnsupportedGroup} when it is not valid, or looks at what is around it.
 */
export function parseGroup(source: string): PathExpression {
  if (source === "") throw new UnsupportedGroup("It is empty.");
  try {
    // The flag with which URLPattern compiles it.
    new RegExp(source, "v");
  } catch (cause) {
    const escaped = escapeClasses(source);
    throw new UnsupportedGroup(
      escaped === undefined
        ? "It is not a valid regular expression."
        : `URLPattern reads it with the flag v, under which a class takes no such character without a backslash. Write ${JSON.stringify(`(${escaped})`)}.`,
      { cause },
    );
  }
  const cursor: Cursor = { source, index: 0 };
  const expression = readChoice(cursor);
  if (cursor.index < source.length) throw unsupported(cursor);
  return expression;
}

function readChoice(cursor: Cursor): PathExpression {
  const alternatives = [readSequence(cursor)];
  while (take(cursor, "|")) alternatives.push(readSequence(cursor));
  return choice(alternatives);
}

function readSequence(cursor: Cursor): PathExpression {
  const parts: PathExpression[] = [];
  while (cursor.index < cursor.source.length && !/[|)]/.test(peek(cursor))) {
    parts.push(readQuantified(cursor));
  }
  return sequence(parts);
}

function readQuantified(cursor: Cursor): PathExpression {
  const escaped = readPercentEncoded(cursor);
  const part = escaped ?? readPart(cursor);
  quantifier.lastIndex = cursor.index;
  const [found] = quantifier.exec(cursor.source) ?? [];
  if (found === undefined) return part;
  // "%20+" repeats the digit, not the character.
  if (escaped !== undefined) throw unsupported(cursor);
  cursor.index += found.length;
  const [min, max] = countsOf(found);
  if (min > maxCount || (max !== Infinity && max > maxCount)) {
    throw new UnsupportedGroup(`It repeats more than ${maxCount} times.`);
  }
  return repeat(part, min, max);
}

function countsOf(found: string): readonly [min: number, max: number] {
  const [sign] = found;
  if (sign !== "{") return [sign === "+" ? 1 : 0, sign === "?" ? 1 : Infinity];
  const [, min = "0", comma, max] = /^\{(\d+)(,?)(\d*)/.exec(found) ?? [];
  if (comma === "") return [Number(min), Number(min)];
  return [Number(min), max === "" ? Infinity : Number(max)];
}

/** A path is matched decoded; URLPattern's own is not, so that a group may say `%20` for a space. */
function readPercentEncoded(cursor: Cursor): PathExpression | undefined {
  const [found] = /^(?:%[\dA-F]{2})+/.exec(cursor.source.slice(cursor.index)) ?? [];
  if (found === undefined) return undefined;
  let decoded: string;
  try {
    decoded = decodeURIComponent(found);
  } catch {
    throw unsupported(cursor);
  }
  if (/[\w\-.~!$&'()*+,;=:@/|[\]]/.test(decoded)) throw unsupported(cursor);
  cursor.index += found.length;
  return sequence(decoded.split("").map((each) => character(setOf(each))));
}

function readPart(cursor: Cursor): PathExpression {
  if (take(cursor, "(?:")) {
    const inner = readChoice(cursor);
    if (!take(cursor, ")")) throw unsupported(cursor);
    // Kept apart from what is around it, so that a quantifier holds for all of it.
    return inner.kind === "sequence" ? { kind: "sequence", parts: inner.parts } : inner;
  }
  if (take(cursor, "[")) return character(readClass(cursor));
  if (take(cursor, ".")) return character(anyCharacter);
  if (/[\^$()%]/.test(peek(cursor))) throw unsupported(cursor);
  return character(readCharacter(cursor));
}

function readClass(cursor: Cursor): CharacterSet {
  const negated = take(cursor, "^");
  const ranges: (readonly [number, number])[] = [];
  while (!take(cursor, "]")) {
    // A nested class, or an operation on classes, is the flag's own syntax.
    if (/^(?:\[|--|&&|%)/.test(cursor.source.slice(cursor.index))) throw unsupported(cursor);
    const from = readCharacter(cursor);
    if (peek(cursor) !== "-" || cursor.source[cursor.index + 1] === "-") {
      ranges.push(...from);
      continue;
    }
    cursor.index += 1;
    const to = readCharacter(cursor);
    ranges.push([from[0]?.[0] ?? 0, to[0]?.[0] ?? 0]);
  }
  const set = unionOf(ranges);
  return negated ? complementOf(set) : set;
}

function readCharacter(cursor: Cursor): CharacterSet {
  const value = peek(cursor);
  if (value === "") throw unsupported(cursor);
  if (value !== "\\") {
    cursor.index += 1;
    return setOf(value);
  }
  const escaped = cursor.source[cursor.index + 1] ?? "";
  const known = classes[escaped];
  // Other letters and digits mean a position, a reference or a code point.
  if (known === undefined && /\w/.test(escaped)) throw unsupported(cursor);
  cursor.index += 2;
  return known ?? setOf(escaped);
}

function peek({ source, index }: Cursor): string {
  return source[index] ?? "";
}

function take(cursor: Cursor, expected: string): boolean {
  const found = cursor.source.startsWith(expected, cursor.index);
  if (found) cursor.index += expected.length;
  return found;
}

function unsupported({ source, index }: Cursor): UnsupportedGroup {
  const found = JSON.stringify(source.slice(index, index + 8));
  return new UnsupportedGroup(
    `Not supported is what begins at ${found}: the path is matched decoded, and a group cannot look around itself.`,
  );
}
