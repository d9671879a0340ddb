import {
  type CharacterSet,
  hasCharacter,
  printCharacterSet,
  segmentCharacter,
  setOf,
} from "./character-set.ts";

/** A regular expression over decoded paths, without captures: whether it matches is all that counts. */
export type PathExpression =
  | { readonly kind: "character"; readonly set: CharacterSet }
  | { readonly kind: "sequence"; readonly parts: readonly PathExpression[] }
  | { readonly kind: "choice"; readonly alternatives: readonly PathExpression[] }
  | {
      readonly kind: "repeat";
      readonly part: PathExpression;
      readonly min: number;
      /** `Infinity` where there is no end. */
      readonly max: number;
    };

/** Returns the expression that matches one character of the set. */
export function character(set: CharacterSet): PathExpression {
  return { kind: "character", set };
}

/** Returns the expression that matches the text alone. */
export function text(value: string): PathExpression {
  return sequence(value.split("").map((each) => character(setOf(each))));
}

/** Returns the expression that matches one part after the other. */
export function sequence(parts: readonly PathExpression[]): PathExpression {
  const flat = parts.flatMap((part) => (part.kind === "sequence" ? part.parts : [part]));
  const [only] = flat;
  return flat.length === 1 && only !== undefined ? only : { kind: "sequence", parts: flat };
}

/** Returns the expression that matches any of the alternatives. */
export function choice(alternatives: readonly PathExpression[]): PathExpression {
  const [only] = alternatives;
  return alternatives.length === 1 && only !== undefined ? only : { kind: "choice", alternatives };
}

/** Returns the expression that matches the part again and again. */
export function repeat(part: PathExpression, min: number, max: number): PathExpression {
  // What repeats without end already is not repeated twice: (x+)* is x*.
  const endless = part.kind === "repeat" && part.max === Infinity && part.min <= 1;
  if (endless && min <= 1) {
    return { kind: "repeat", part: part.part, min: Math.min(part.min, min), max: Infinity };
  }
  return { kind: "repeat", part, min, max };
}

/** Returns the source of a regular expression without flags and anchors. */
export function printPathExpression(expression: PathExpression): string {
  switch (expression.kind) {
    case "character":
      return printCharacterSet(expression.set);
    case "sequence":
      return expression.parts.map(printPart).join("");
    case "choice":
      return expression.alternatives.map(printPathExpression).join("|");
    case "repeat":
      return printRepeat(expression);
  }
}

function printPart(part: PathExpression): string {
  const printed = printPathExpression(part);
  return part.kind === "choice" ? `(?:${printed})` : printed;
}

function printRepeat({ part, min, max }: PathExpression & { readonly kind: "repeat" }): string {
  const printed = printPathExpression(part);
  const grouped = part.kind === "character" ? printed : `(?:${printed})`;
  const limit = max === Infinity ? "" : max;
  const signs: Readonly<Record<string, string>> = { "0,": "*", "1,": "+", "0,1": "?" };
  const sign = signs[`${min},${limit}`];
  if (sign !== undefined) return grouped + sign;
  return `${grouped}{${min === max ? min : `${min},${limit}`}}`;
}

/** Returns a short path that the expression matches. */
export function examplePath(expression: PathExpression): string {
  switch (expression.kind) {
    case "character":
      return exampleCharacter(expression.set);
    case "sequence":
      return expression.parts.map(examplePath).join("");
    case "choice":
      return expression.alternatives.slice(0, 1).map(examplePath).join("");
    case "repeat":
      return examplePath(expression.part).repeat(
        Math.min(Math.max(expression.min, 1), expression.max),
      );
  }
}

function exampleCharacter(set: CharacterSet): string {
  const usual = ["x", "1", "X", "-"].find((each) => hasCharacter(set, each));
  return usual ?? String.fromCharCode(set[0]?.[0] ?? 0);
}

/** Returns whether the last segment names a dot: as text, or in a class of ASCII characters. */
export function namesDotInLastSegment(expression: PathExpression): boolean {
  return lastSegmentDot(expression) === true;
}

/** `undefined` while neither a dot nor the beginning of the segment was found. */
function lastSegmentDot(expression: PathExpression): boolean | undefined {
  if (expression.kind === "repeat") return lastSegmentDot(expression.part);
  if (expression.kind === "character") return characterDot(expression.set);
  if (expression.kind === "choice") {
    const found = expression.alternatives.map(lastSegmentDot);
    return found.find((each) => each === true) ?? found.find((each) => each === false);
  }
  for (const part of expression.parts.toReversed()) {
    const found = lastSegmentDot(part);
    if (found !== undefined) return found;
  }
  return undefined;
}

function characterDot(set: CharacterSet): boolean | undefined {
  const isAscii = (set.at(-1)?.[1] ?? 0) < 0x80;
  if (isAscii && hasCharacter(set, ".")) return true;
  return isAscii && hasCharacter(set, "/") ? false : undefined;
}

/** One segment's worth of text: at least one character, none of them a slash. */
export const segment: PathExpression = repeat(character(segmentCharacter), 1, Infinity);
