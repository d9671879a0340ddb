import { type PathExpression, printPathExpression } from "./path-expression.ts";

/** Paths that begin alike share their beginning. */
interface Branch {
  readonly first: PathExpression;
  readonly rests: (readonly PathExpression[])[];
}

/**
 * Returns the source of the regular expression that matches any of the paths. What they begin with alike
 * is written once, so that a path is compared with few of them however many there are.
 */
export function printPathTrie(paths: readonly PathExpression[]): string {
  return printRests(paths.map((path) => (path.kind === "sequence" ? path.parts : [path])));
}

function printRests(rests: readonly (readonly PathExpression[])[]): string {
  const branches = new Map<string, Branch>();
  for (const [first, ...rest] of rests) {
    const key = first === undefined ? "" : JSON.stringify(first);
    const branch = branches.get(key);
    if (branch) branch.rests.push(rest);
    else branches.set(key, { first: first ?? nothing, rests: [rest] });
  }
  const canEnd = branches.delete("");
  const printed = [...branches.values()].map(printBranch);
  if (printed.length === 0) return "";
  return printed.length === 1 && !canEnd
    ? printed.join("")
    : `(?:${printed.join("|")})${canEnd ? "?" : ""}`;
}

function printBranch({ first, rests }: Branch): string {
  const source = printPathExpression(first);
  return (first.kind === "choice" ? `(?:${source})` : source) + printRests(rests);
}

const nothing: PathExpression = { kind: "sequence", parts: [] };
