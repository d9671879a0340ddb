/** What cannot be checked at all, and what its user can do: told in a sentence or two, without a stack. */
export class EdgeCheckError extends Error {
  override readonly name = "EdgeCheckError";
}
