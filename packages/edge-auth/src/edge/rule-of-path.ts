import { normalisePath, normaliseText, oddPath } from "edge-handler";
import type { ReadyAuthRule, ReadyEdgeAuth } from "./ready-edge-auth.ts";

/**
 * Returns the rule for a path, or `undefined` where it is open. Origins read a path in different ways (S3 takes
 * `%2F` for a separator, servers merge slashes and resolve dot segments), so a path is protected if any of its
 * readings is, and open if all of them are.
 */
export function ruleOfPath(
  ready: Pick<ReadyEdgeAuth, "open" | "rules">,
  uri: string,
): ReadyAuthRule | undefined {
  const closed = readingsOf(uri).filter((path) => !ready.open.some((each) => each.test(path)));
  return ready.rules.find((rule) =>
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
