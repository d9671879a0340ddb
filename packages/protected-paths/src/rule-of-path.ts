import { normalisePath, normaliseText, oddPath } from "edge-handler";

/** Which paths are protected, and how. */
export interface ProtectedPaths<Rule extends PathRule> {
  /** Paths that are open to everybody, whatever the rules say. */
  readonly open: readonly RegExp[];
  /** The first whose paths match counts. */
  readonly rules: readonly Rule[];
}

/** What is the same of all rules. */
export interface PathRule {
  readonly paths: readonly RegExp[];
}

/**
 * Returns the rule for a path, or `undefined` where it is open. Origins read a path in different ways (S3 takes
 * `%2F` for a separator, servers merge slashes and resolve dot segments), so a path is protected if any of its
 * readings is, and open if all of them are.
 */
export function ruleOfPath<Rule extends PathRule>(
  protectedPaths: ProtectedPaths<Rule>,
  uri: string,
): Rule | undefined {
  const open = protectedPaths.open;
  const closed = readingsOf(uri).filter((path) => !open.some((each) => each.test(path)));
  return protectedPaths.rules.find((rule) =>
    closed.some((path) => rule.paths.some((each) => each.test(path))),
  );
}

function readingsOf(uri: string): readonly string[] {
  if (!oddPath.test(uri)) return [uri];
  const separated = uri.replace(/%2f|%5c|\\/gi, "/");
  return [
    normalisePath(uri),
    normalisePath(separated),
    normaliseText(uri),
    normaliseText(separated),
  ];
}
