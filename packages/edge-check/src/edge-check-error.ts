/** What cannot be checked at all, and what its user can do: a sentence or two, without a stack. */
export class EdgeCheckError extends Error {
  override readonly name = "EdgeCheckError";
}
