import type { AnyNode, ArrayPattern, ObjectPattern } from "acorn";

/** What to write in place of a pattern. */
export const destructuring = "Read each property by itself: var uri = request.uri;";

/** Says whether a node takes values apart. */
export function isPattern(node: AnyNode): node is ArrayPattern | ObjectPattern {
  return node.type === "ArrayPattern" || node.type === "ObjectPattern";
}
