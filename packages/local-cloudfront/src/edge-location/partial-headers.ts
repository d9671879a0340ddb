/** Request headers that ask for a part of an object, or for it on a condition. */
export const partialHeaders: readonly string[] = [
  "if-match",
  "if-modified-since",
  "if-none-match",
  "if-range",
  "if-unmodified-since",
  "range",
];
