import { type CharacterSet, intersectionOf, withBothCases } from "./character-set.ts";
import type { PathExpression } from "./path-expression.ts";

/** The positions of characters in the expression (Glushkov's automaton); 0 is before the first. */
export interface Automaton {
  readonly sets: readonly CharacterSet[];
  /** By position, which positions may come next. */
  readonly next: readonly ReadonlySet<number>[];
  /** Where the expression may end. */
  readonly last: ReadonlySet<number>;
}

/** Why there is no automaton. */
export type AutomatonProblem =
  /** A repeated part that can be empty, or is repeated inside: there are two ways for one text. */
  | "ambiguous"
  /** Too many characters once its counts are written out. */
  | "large";

interface Piece {
  readonly nullable: boolean;
  readonly first: readonly number[];
  readonly last: readonly number[];
}

const maxPositions = 1000;

/** Returns the automaton of an expression, or why it has none. */
export function automatonOf(
  expression: PathExpression,
  ignoreCase: boolean,
): Automaton | AutomatonProblem {
  const sets: CharacterSet[] = [[]];
  const next: Set<number>[] = [new Set()];
  let problem: AutomatonProblem | undefined;

  const link = (from: readonly number[], to: readonly number[]): void => {
    for (const position of from) {
      for (const following of to) {
        // The same step in two ways: a repeated part that can be empty, or is repeated inside.
        if (next[position]?.has(following)) problem = "ambiguous";
        next[position]?.add(following);
      }
    }
  };
  const add = (part: PathExpression): Piece => {
    if (sets.length > maxPositions) problem = "large";
    if (problem === "large") return { nullable: true, first: [], last: [] };
    switch (part.kind) {
      case "character": {
        sets.push(ignoreCase ? withBothCases(part.set) : part.set);
        next.push(new Set());
        return { nullable: false, first: [sets.length - 1], last: [sets.length - 1] };
      }
      case "choice":
        return either(part.alternatives.map(add));
      case "sequence":
        return part.parts.map(add).reduce(after, nothing);
      case "repeat":
        return addRepeat(part);
    }
  };
  const after = (left: Piece, right: Piece): Piece => {
    link(left.last, right.first);
    return {
      nullable: left.nullable && right.nullable,
      first: left.nullable ? [...left.first, ...right.first] : left.first,
      last: right.nullable ? [...left.last, ...right.last] : right.last,
    };
  };
  const addRepeat = ({ part, min, max }: PathExpression & { readonly kind: "repeat" }): Piece => {
    let rest = nothing;
    if (max === Infinity) {
      rest = add(part);
      link(rest.last, rest.first);
      if (min === 0) rest = { ...rest, nullable: true };
    }
    // x{1,3} is x(x(x)?)?: written from its end.
    const copies = max === Infinity ? Math.max(min - 1, 0) : max;
    for (let index = copies; index > 0; index -= 1) {
      rest = after(add(part), rest);
      if (max !== Infinity && index > min) rest = { ...rest, nullable: true };
    }
    return rest;
  };

  const whole = add(expression);
  link([0], whole.first);
  const last = new Set(whole.nullable ? [0, ...whole.last] : whole.last);
  return problem ?? { sets, next, last };
}

const nothing: Piece = { nullable: true, first: [], last: [] };

function either(pieces: readonly Piece[]): Piece {
  return {
    nullable: pieces.some(({ nullable }) => nullable),
    first: pieces.flatMap(({ first }) => first),
    last: pieces.flatMap(({ last }) => last),
  };
}

/** Returns all states that can be reached from the given ones in one step or more, as comma-separated text. */
export function search(
  starts: readonly (readonly number[])[],
  steps: (state: readonly number[]) => readonly (readonly number[])[],
): ReadonlySet<string> {
  const seen = new Set<string>();
  const open = [...starts];
  for (let state = open.pop(); state !== undefined; state = open.pop()) {
    for (const each of steps(state)) {
      const key = each.join();
      if (seen.has(key)) continue;
      seen.add(key);
      open.push(each);
    }
  }
  return seen;
}

/** Returns whether one character can stand at all of the positions. */
export function overlap(sets: readonly CharacterSet[], ...positions: readonly number[]): boolean {
  const [first = [], ...rest] = positions.map((position) => sets[position] ?? []);
  return rest.reduce(intersectionOf, first).length > 0;
}

/** Returns whether there is a text that both automata take. */
export function haveCommonText(left: Automaton, right: Automaton): boolean {
  const found = search([[0, 0]], ([leftPosition = 0, rightPosition = 0]) =>
    [...(left.next[leftPosition] ?? [])].flatMap((nextLeft) =>
      [...(right.next[rightPosition] ?? [])]
        .filter((nextRight) => {
          const both = intersectionOf(left.sets[nextLeft] ?? [], right.sets[nextRight] ?? []);
          return both.length > 0;
        })
        .map((nextRight) => [nextLeft, nextRight]),
    ),
  );
  return [...left.last].some((leftEnd) =>
    [...right.last].some((rightEnd) => found.has(`${leftEnd},${rightEnd}`)),
  );
}
