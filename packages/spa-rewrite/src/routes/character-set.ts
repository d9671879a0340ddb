/** UTF-16 code units as ascending ranges, from and to included, that neither touch nor overlap. */
export type CharacterSet = readonly (readonly [from: number, to: number])[];

const lastCodeUnit = 0xff_ff;
const slash = "/".charCodeAt(0);

/** Every code unit. */
export const anyCharacter: CharacterSet = [[0, lastCodeUnit]];

/** Every code unit but the one that separates segments. */
export const segmentCharacter: CharacterSet = complementOf([[slash, slash]]);

/** Returns the set of one code unit. */
export function setOf(character: string): CharacterSet {
  const codeUnit = character.charCodeAt(0);
  return [[codeUnit, codeUnit]];
}

/** Returns what is in any of the ranges, which may be in any order. */
export function unionOf(ranges: CharacterSet): CharacterSet {
  const united: [number, number][] = [];
  for (const [from, to] of ranges.toSorted(([left], [right]) => left - right)) {
    const last = united.at(-1);
    if (last !== undefined && from <= last[1] + 1) last[1] = Math.max(last[1], to);
    else united.push([from, to]);
  }
  return united;
}

/** Returns what is not in the set. */
export function complementOf(set: CharacterSet): CharacterSet {
  const bounds = [-1, ...set.flat(), lastCodeUnit + 1];
  const gaps: [number, number][] = [];
  for (let index = 0; index < bounds.length; index += 2) {
    const from = (bounds[index] ?? 0) + 1;
    const to = (bounds[index + 1] ?? 0) - 1;
    if (from <= to) gaps.push([from, to]);
  }
  return gaps;
}

/** Returns what is in both sets. */
export function intersectionOf(left: CharacterSet, right: CharacterSet): CharacterSet {
  return left.flatMap(([from, to]) =>
    right
      .map(([otherFrom, otherTo]) => [Math.max(from, otherFrom), Math.min(to, otherTo)] as const)
      .filter(([start, end]) => start <= end),
  );
}

/** Returns whether the set has the code unit. */
export function hasCharacter(set: CharacterSet, character: string): boolean {
  return intersectionOf(set, setOf(character)).length > 0;
}

/** Returns the set with the other case of each of its ASCII letters. */
export function withBothCases(set: CharacterSet): CharacterSet {
  const shifted = (letters: CharacterSet, by: number) =>
    intersectionOf(set, letters).map(([from, to]) => [from + by, to + by] as const);
  return unionOf([...set, ...shifted([[65, 90]], 32), ...shifted([[97, 122]], -32)]);
}

/** The names that a regular expression has for sets. */
const named: readonly (readonly [CharacterSet, string])[] = [
  [anyCharacter, "[^]"],
  [segmentCharacter, "[^/]"],
  [[[48, 57]], String.raw`\d`],
  [
    [
      [48, 57],
      [65, 90],
      [95, 95],
      [97, 122],
    ],
    String.raw`\w`,
  ],
];

/** Returns the set as it stands in a regular expression without flags. */
export function printCharacterSet(set: CharacterSet): string {
  const text = JSON.stringify(set);
  const name = named.find(([each]) => JSON.stringify(each) === text)?.[1];
  if (name !== undefined) return name;
  const [first] = set;
  if (set.length === 1 && first !== undefined && first[0] === first[1]) {
    return printCodeUnit(first[0], /[\\^$.*+?()[\]{}|]/);
  }
  const negated = first?.[0] === 0;
  const ranges = (negated ? complementOf(set) : set).map(([from, to]) => {
    const start = printCodeUnit(from, /[\\\]^-]/);
    return from === to ? start : `${start}-${printCodeUnit(to, /[\\\]^-]/)}`;
  });
  return `[${negated ? "^" : ""}${ranges.join("")}]`;
}

function printCodeUnit(codeUnit: number, special: RegExp): string {
  const character = String.fromCharCode(codeUnit);
  if (special.test(character)) return `\\${character}`;
  return codeUnit > 0x1f && codeUnit !== 0x7f && (codeUnit < 0xd8_00 || codeUnit > 0xdf_ff)
    ? character
    : String.raw`\u` + codeUnit.toString(16).padStart(4, "0");
}
