import type { AnyNode } from "acorn";

/** Returns the nodes in a node, in the order of the code. */
export function childNodes(node: AnyNode): readonly AnyNode[] {
  return Object.values(node)
    .flat()
    .filter(isNode)
    .toSorted((a, b) => a.start - b.start);
}

/** Says whether a value of a syntax tree is a node. */
export function isNode(value: unknown): value is AnyNode {
  return (
    typeof value === "object" &&
    value !== null &&
    "type" in value &&
    typeof value.type === "string" &&
    "start" in value
  );
}
