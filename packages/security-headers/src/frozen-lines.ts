import type { HeaderLines } from "./compiled-security-headers.ts";

/** Returns lines that go into every response: frozen, so that no response can change the next one. */
export function frozenLines(lines: HeaderLines[string]): HeaderLines[string] {
  return Object.freeze(lines.map((line) => Object.freeze({ ...line })));
}
