import type { AnyNode } from "acorn";

/**
 * Returns a node of a syntax tree and all nodes within it, each before those within it.
 *
 * @param isLeftOut Tells the nodes that are left out, with all within them.
 */
export function* nodesWithin(
  node: AnyNode,
  isLeftOut: (node: AnyNode) => boolean = () => false,
): Generator<AnyNode, void> {
  if (isLeftOut(node)) return;
  yield node;
  for (const child of Object.values(node).flat()) {
    if (isNode(child)) yield* nodesWithin(child, isLeftOut);
  }
}

function isNode(value: unknown): value is AnyNode {
  return typeof value === "object" && value !== null && "type" in value;
}
