/** Returns a function that works its value out at the first call, and remembers it. */
export function once<T>(workOut: () => T): () => T {
  let known: { readonly value: T } | undefined;
  return () => (known ??= { value: workOut() }).value;
}
