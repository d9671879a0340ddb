import type { RuleTree } from "../edge/compiled-secret-redirect.ts";
import { oddPath } from "edge-handler";

/** With more alternatives a regular expression is no quicker than the tree. */
const maxFirstSegments = 100;

/**
 * Returns the source of a regular expression for the paths that a rule may match: those whose first segment
 * is that of a rule, and those that are not in their one spelling. Empty, which matches each path, where
 * rules begin with anything or in too many ways.
 */
export function candidatePaths(tree: RuleTree): string {
  const { literals = {}, partials, placeholder, splat, end, slash } = tree;
  const firstSegments = Object.keys(literals);
  if (partials || placeholder || splat || end || slash) return "";
  if (firstSegments.length > maxFirstSegments) return "";
  const names = firstSegments.map((segment) => segment.slice(1).replace(/[^\w/%~-]/g, "\\$&"));
  return `^/(${names.join("|")})(/|$)|${oddPath.source}`;
}
