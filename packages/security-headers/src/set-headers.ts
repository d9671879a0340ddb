import type { EventHeader, EventHeaders } from "cf-types";
import type { HeaderLines } from "./compiled-security-headers.ts";

/** What a handler sets on every response: names, and their lines in the same order. */
export interface FixedHeaders {
  readonly names: readonly string[];
  readonly lines: readonly HeaderLines[string][];
}

/**
 * Sets headers in place of what is there. The first seven are written out: each of these places meets one
 * name for as long as the function runs, which V8 makes as quick as `headers.name = …`. In a loop, as in
 * `Object.assign`, each name is looked up, which takes three times as long.
 */
export function setHeaders(headers: EventHeaders, { names, lines }: FixedHeaders): void {
  const count = names.length;
  if (count > 0) headers[names[0] as string] = lines[0] as EventHeader[];
  if (count > 1) headers[names[1] as string] = lines[1] as EventHeader[];
  if (count > 2) headers[names[2] as string] = lines[2] as EventHeader[];
  if (count > 3) headers[names[3] as string] = lines[3] as EventHeader[];
  if (count > 4) headers[names[4] as string] = lines[4] as EventHeader[];
  if (count > 5) headers[names[5] as string] = lines[5] as EventHeader[];
  if (count > 6) headers[names[6] as string] = lines[6] as EventHeader[];
  for (let index = 7; index < count; index += 1) {
    headers[names[index] as string] = lines[index] as EventHeader[];
  }
}
