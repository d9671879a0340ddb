import { type Automaton, automatonOf, overlap, search } from "./automaton.ts";
import type { PathExpression } from "./path-expression.ts";

/** What keeps a regular expression from being linear in the path. */
export type BacktrackingProblem =
  /** Two repeated parts can both take the same text: quadratic at least, like `.*.*`. */
  | "ambiguous"
  /** Too many places where the expression has to try more than one way. */
  | "branching"
  /** Too many characters once its counts are written out. */
  | "large";

const maxBranches = 8;

/**
 * Returns why a backtracking matcher may need more than linear time for the expression, if it may.
 *
 * It follows the criteria of Weber and Seidl for automata of infinite ambiguity: a position that can
 * return to itself in two ways with one text (exponential), or two positions that both return to
 * themselves with a text that also leads from one to the other (polynomial).
 */
export function backtrackingProblem(
  expression: PathExpression,
  ignoreCase: boolean,
): BacktrackingProblem | undefined {
  const automaton = automatonOf(expression, ignoreCase);
  if (typeof automaton === "string") return automaton;
  const components = cyclesOf(automaton);
  for (const [position, component] of components) {
    if (returnsInTwoWays(automaton, position, component)) return "ambiguous";
    for (const [other, otherComponent] of components) {
      if (position === other || component.has(other)) continue;
      if (sharesText(automaton, [position, component], [other, otherComponent])) return "ambiguous";
    }
  }
  return branchesOf(automaton) > maxBranches ? "branching" : undefined;
}

/** Returns each position that can be reached from itself, with all positions of its cycles. */
function cyclesOf({ next }: Automaton): ReadonlyMap<number, ReadonlySet<number>> {
  const reachable = next.map((following) => {
    const seen = new Set(following);
    for (const position of seen) for (const each of next[position] ?? []) seen.add(each);
    return seen;
  });
  const cycles = new Map<number, ReadonlySet<number>>();
  for (const [position, seen] of reachable.entries()) {
    if (!seen.has(position)) continue;
    cycles.set(position, new Set([...seen].filter((each) => reachable[each]?.has(position))));
  }
  return cycles;
}

function returnsInTwoWays(
  { sets, next }: Automaton,
  start: number,
  component: ReadonlySet<number>,
): boolean {
  // Walks two ways at once; the flag says that they have been apart.
  const found = search([[start, start, 0]], ([left = 0, right = 0, apart = 0]) =>
    [...(next[left] ?? [])].flatMap((nextLeft) =>
      [...(next[right] ?? [])]
        .filter((nextRight) => component.has(nextLeft) && component.has(nextRight))
        .filter((nextRight) => overlap(sets, nextLeft, nextRight))
        .map((nextRight) => [nextLeft, nextRight, apart || nextLeft !== nextRight ? 1 : 0]),
    ),
  );
  return found.has(`${start},${start},1`);
}

function sharesText(
  { sets, next }: Automaton,
  [start, component]: readonly [number, ReadonlySet<number>],
  [end, otherComponent]: readonly [number, ReadonlySet<number>],
): boolean {
  const found = search([[start, start, end]], ([left = 0, middle = 0, right = 0]) =>
    [...(next[left] ?? [])]
      .filter((nextLeft) => component.has(nextLeft))
      .flatMap((nextLeft) =>
        [...(next[right] ?? [])]
          .filter((nextRight) => otherComponent.has(nextRight))
          .filter((nextRight) => overlap(sets, nextLeft, nextRight))
          .flatMap((nextRight) =>
            [...(next[middle] ?? [])]
              .filter((nextMiddle) => overlap(sets, nextLeft, nextMiddle, nextRight))
              .map((nextMiddle) => [nextLeft, nextMiddle, nextRight]),
          ),
      ),
  );
  return found.has(`${start},${end},${end}`);
}

/** Returns at how many positions one character can lead to more than one next position. */
function branchesOf({ sets, next }: Automaton): number {
  return next.filter((following) => {
    const positions = [...following];
    return positions.some((left, index) =>
      positions.slice(index + 1).some((right) => overlap(sets, left, right)),
    );
  }).length;
}
